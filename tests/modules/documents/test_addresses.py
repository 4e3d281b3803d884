"""What the words of the list's address come to: the server and the screen agree, by one table for both."""

import json

import pytest

from core.context import company_scope
from modules.documents.rest.views import DocumentViewSet
from tests.architecture.sources import ROOT

# The screen's half of it is frontend/tests/documents.test.ts.
CASES = json.loads((ROOT / "frontend" / "tests" / "documentAddresses.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[json.dumps(case["words"]) for case in CASES])
def test_words_come_to_the_same_for_the_server_as_for_the_screen(company, case):
    with company_scope(company):
        assert DocumentViewSet.meant(case["words"]) == case["asked"]
