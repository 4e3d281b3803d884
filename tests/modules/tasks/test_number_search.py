"""Finding tasks in their list by parts of the numbers that a company's mask has written."""

import pytest
from django.db import connection
from django.utils import timezone

from core.search.jobs import index_all


@pytest.fixture
def office(company, owner, deliver):
    """Three tasks whose numbers are «ПР-2026/013», «…/014», «…/015», in this year."""
    answer = owner.client.put("numbering/tasks.task/", {"mask": "ПР-{ГГГГ}/{###}", "period": "year", "next": 13})
    assert answer.status_code == 200, answer.content
    for _ in range(3):
        assert owner.client.post("tasks/", {"title": "Проверить", "assignee": owner.id}).status_code == 201
    deliver()
    index_all(company, 0)
    return owner


def found(who, text: str) -> list[str]:
    answer = who.client.get("tasks/", search=text)
    assert answer.status_code == 200, answer.json()
    return sorted(row["number"] for row in answer.json()["results"])


@pytest.mark.parametrize(
    "part", ["ПР-{year}/015", "пр-{year}/015", "ПР{year}/015", "№ ПР-{year}/015", "{year}/015", "015", "15"]
)
def test_a_task_is_found_by_each_part_of_its_number(office, part):
    year = timezone.localdate().year
    assert found(office, part.format(year=year)) == [f"ПР-{year}/015"]


def test_numbers_that_begin_alike_are_found_together(office):
    year = timezone.localdate().year
    assert len(found(office, f"ПР-{year}")) == len(found(office, f"пр-{year}/01")) == 3
    assert found(office, f"ПР-{year}/9") == found(office, "СБ-015") == found(office, "115") == []


def test_who_may_not_see_a_task_does_not_find_its_number(office, company, person):
    assert found(person(company), "015") == []


@pytest.mark.parametrize("text", ["ПР-2026/015", "2026/015", "015"])
def test_the_search_looks_through_no_table(office, company, inside, statements, text):
    with statements() as seen:
        found(office, text)
    asked = [one["sql"] for one in seen if "~*" in one["sql"] or "search_document" in one["sql"]]
    assert len(asked) == 2
    with inside(company), connection.cursor() as cursor:
        for other in ("seqscan", "indexscan", "indexonlyscan"):
            cursor.execute(f"SET LOCAL enable_{other} = off")
        for sql in asked:
            # Of three rows any index of living cards costs the same: without that word only those are left that know
            # titles, numbers and ids.
            cursor.execute("EXPLAIN " + sql.replace('"entities_entity"."trashed_at" IS NULL', "true"))
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "Seq Scan" not in plan, plan
            if "search_document" in sql:
                assert "Bitmap Index Scan on document_words" in plan, plan
            else:
                assert "BitmapOr" in plan and "entity_title_words" in plan and "entity_number_once" in plan, plan
