"""What the words of the list's address come to: the server and the screen agree, by one table for both."""

import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.context import company_scope
from modules.tasks.rest.views import TaskViewSet
from tests.architecture.sources import ROOT

# The screen's half of it is frontend/tests/views.test.tsx.
CASES = json.loads((ROOT / "frontend" / "tests" / "addresses.json").read_text(encoding="utf-8"))


def moment(text, zone):
    """`now`, `day 7` after the last midnight, `2026-11-21`: as the table says them."""
    today = datetime.now(zone).date()
    day = today + timedelta(days=int(text[4:])) if text.startswith("day ") else None
    return datetime.now(zone) if text == "now" else datetime.combine(day or date.fromisoformat(text), time.min, zone)


@pytest.mark.parametrize("case", CASES, ids=[json.dumps(case["words"]) for case in CASES])
def test_words_come_to_the_same_for_the_server_as_for_the_screen(company, case):
    with company_scope(company):
        told = TaskViewSet.meant(case["words"])
    assert set(told) == set(case["asked"])
    for name, text in case["asked"].items():
        if name.startswith("due_at__") and name != "due_at__isnull":
            expected = moment(text, ZoneInfo(company.time_zone))
            assert abs(datetime.fromisoformat(told[name]) - expected) < timedelta(seconds=30)
        else:
            assert told[name] == text


@pytest.mark.parametrize("due", ["2026-13-01", "0001-01-01", "9999-12-31", "2026-11-21..2026-02-30"])
def test_days_that_are_none_are_refused(company, due):
    with company_scope(company), pytest.raises(ValueError):
        TaskViewSet.meant({"due": due})
