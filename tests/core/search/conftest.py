"""A company whose cards are searched."""

import pytest

from core.search.jobs import index_all


class Search:
    """Asks in a company; `said` are numbers and titles of what was found."""

    def __init__(self, company, deliver) -> None:
        self.company, self.deliver = company, deliver

    def __call__(self, who, q, **params):
        answer = who.client.get("search/", q=q, **params)
        assert answer.status_code == 200, answer.json()
        return answer.json()

    def titles(self, who, q, **params) -> list[str]:
        return [hit["card"]["title"] for hit in self(who, q, **params)["results"]]

    def learn(self) -> None:
        """Have all that has happened so far read, and people who came without a told fact."""
        self.deliver()
        index_all(self.company, 0)


@pytest.fixture
def search(company, deliver):
    return Search(company, deliver)


@pytest.fixture
def give(owner):
    """`give("Название", by=…)` makes a task; its JSON."""

    def make(title, by=None, **more):
        by = by or owner
        answer = by.client.post("tasks/", {"title": title, "assignee": by.id} | more)
        assert answer.status_code == 201, answer.json()
        return answer.json()

    return make
