"""Who finds what: only what he may see, of his own company, of modules that are on; by whichever way it is read."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.access.loading import system_actor
from core.access.queries import visible
from core.context import company_scope
from core.entities.bulk import NewCard, write_cards
from core.organization.models import Department
from core.registry import registry
from core.search import finding, queries
from core.search.finding import find
from core.search.queries import stems_of
from core.search.rules import question_of
from modules.tasks.models import Task

WORDS = ("насос", "договор", "смета", "акт", "ромашка")


@pytest.fixture
def crowd(company, person, owner, deliver, search):
    """People of every scope, and many cards between them, written at once."""
    with company_scope(company):
        top = Department.objects.create(title="Завод", path=[])
        top.path = [top.pk]
        top.save()
        below = Department.objects.create(title="Цех", parent=top)
        below.path = [top.pk, below.pk]
        below.save()
    people = [
        person(company, "head", department_id=top.pk),
        *(person(company, department_id=below.pk) for _ in range(2)),
        person(company),
        owner,
    ]
    principals = [one.principal.pk for one in people]
    with company_scope(company):
        cards = [
            NewCard(
                {"title": f"{WORDS[number % 5]} {WORDS[number % 3]}", "author": principals[number % 5],
                 "responsible": principals[number % 4], "status": "new"},
                {"description": WORDS[number % 4]},
                {"watcher": (principals[number % 3],)} if number % 7 == 0 else {},
            )
            for number in range(60)
        ]  # fmt: skip
        write_cards(Task, cards, numbers=None, by=system_actor())
    search.learn()
    return company, people


def expected(company, who, words):
    """Ids of visible cards that have all words in title or description, by a plain look at each."""
    with company_scope(company):
        rows = visible(who.actor(), registry.kind_of(Task.KIND))
        return {row.pk for row in rows if all(word in f"{row.title} {row.description}" for word in words)}


def found(company, who, words):
    with company_scope(company):
        question = question_of(" ".join(words) + " ")
        kinds = [registry.kind_of(Task.KIND)]
        return [
            hit.card_id for hit in find(who.actor(), question, stems_of(question.words), kinds, after=None, limit=99)
        ]


@pytest.mark.parametrize("way", ["small", "few", "few and frequent", "words", "walk"])
def test_everybody_finds_exactly_what_he_sees(crowd, way, monkeypatch):
    company, people = crowd
    if way != "small":
        monkeypatch.setattr(finding, "FEW_CARDS", -1)
    if way in ("words", "walk"):
        monkeypatch.setattr(finding, "SOME_CARDS", -1)
    if way in ("few and frequent", "walk"):
        monkeypatch.setattr(queries, "FREQUENT", 0)
    for who in people:
        for words in (["насос"], ["договор", "смета"], ["акт", "насос"], ["ромашка"]):
            ids = found(company, who, words)
            assert len(ids) == len(set(ids))
            assert set(ids) == expected(company, who, words), (way, words)


@pytest.mark.parametrize("some", [-1, 20_000])
def test_too_many_matches_are_found_another_way(crowd, some, monkeypatch):
    company, people = crowd
    for name, value in {"FEW_CARDS": -1, "SOME_CARDS": some, "MOST_MATCHES": 3, "FEW_MATCHES": 3}.items():
        monkeypatch.setattr(finding, name, value)
    for who in people:
        assert set(found(company, who, ["насос"])) == expected(company, who, ["насос"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text(alphabet="насоё -«»\"'&|!():*<>\\№#@15/", max_size=30))
def test_no_text_breaks_the_search_or_shows_what_is_not_seen(crowd, text):
    company, people = crowd
    answer = people[3].client.get("search/", q=text)
    assert answer.status_code == 200
    ids = {int(hit["card"]["ref"].rpartition("/")[2]) for hit in answer.json()["results"]
           if hit["card"]["ref"].startswith("tasks.")}  # fmt: skip
    assert ids <= expected(company, people[3], [])


@pytest.mark.row("PL-01")
def test_companies_find_nothing_of_each_other(company, other_company, owner, other_owner, give, deliver, search):
    give("Секретный насос")
    other_owner.client.post("tasks/", {"title": "Чужой насос ⟦B⟧", "assignee": other_owner.id})
    search.learn()
    assert search.titles(owner, "насос") == ["Секретный насос"]
    told = other_owner.client.get("search/", q="насос").json()["results"]
    assert [hit["card"]["title"] for hit in told] == ["Чужой насос ⟦B⟧"]
    cursor = search(owner, "насос", limit=1)["next"]
    assert cursor is None
    give("Насос второй")
    search.deliver()
    cursor = search(owner, "насос", limit=1)["next"]
    assert other_owner.client.get("search/", q="насос", cursor=cursor).status_code == 422


@pytest.mark.row("PL-03")
def test_a_module_that_is_off_is_silent_at_once_and_whole_when_it_is_back(owner, give, search):
    task = give("Насос")
    search.learn()
    assert owner.client.patch("modules/tasks/", {"enabled": False}).status_code == 200
    told = search(owner, "насос")
    assert told["results"] == [] and "tasks.task" not in [kind["code"] for kind in told["kinds"]]
    assert search(owner, "насос", kind="tasks.task")["results"] == []
    assert owner.client.get("search/cards/", refs=task["ref"]).json()["results"] == []
    assert owner.client.patch("modules/tasks/", {"enabled": True}).status_code == 200
    assert search.titles(owner, "насос") == ["Насос"]
    search.deliver()
    assert search.titles(owner, "насос") == ["Насос"]


def test_who_comes_into_a_card_finds_it_and_who_leaves_does_not(company, person, give, search, owner):
    someone = person(company)
    task = give("Насос")
    search.learn()
    assert search.titles(someone, "насос") == []
    owner.client.put(f"tasks/{task['id']}/watchers/", {"watchers": [someone.id]})
    assert search.titles(someone, "насос") == ["Насос"]
    owner.client.put(f"tasks/{task['id']}/watchers/", {"watchers": []})
    assert search.titles(someone, "насос") == []
