"""What operators read names nobody and opens nothing."""

import json
import logging
import sys

import pytest

from core.logs import LineFormatter
from core.scrub import scrubbed

# Not in the line that raises: a traceback quotes it as it stands.
ANNA = "anna@romashka.example"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sent to anna.petrova@romashka.example twice", "sent to <e-mail> twice"),
        ("call +7 (912) 345-67-89 back", "call <number> back"),
        ("89123456789", "<number>"),
        ("Authorization: Bearer pult_3fGh.x-y", "Authorization: Bearer …"),
        ("GET /send.php?login=a&psw=hunter2&phones=1", "GET /send.php?login=a&psw=…&phones=1"),
        ("{'password': 'hunter2', 'x': 1}", "{'password': …, 'x': 1}"),
        ("postgresql://pult_app:hunter2@db/pult", "postgresql://…@db/pult"),
        ("https://api.telegram.org/bot1000000001:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawa/sendMessage",
         "https://api.telegram.org/bot<token>/sendMessage"),
        ('duplicate key\nDETAIL:  Key (title)=(Зарплата Иванова) already exists.\nline 3',
         "duplicate key\nDETAIL: …\nline 3"),
    ],
)  # fmt: skip
def test_it_takes_out(text, told):
    assert scrubbed(text) == told


@pytest.mark.parametrize(
    "text", ["task 12345 of t_abcdefghijklmnop took 1.25 s", "З-15/1", "2026-11-23 12:41", "tasks.task/152", "12:00:01"]
)
def test_it_leaves(text):
    assert scrubbed(text) == text


@pytest.mark.parametrize("as_json", [True, False])
def test_a_line_is_cut_with_the_failure_that_it_tells(as_json):
    try:
        raise ValueError(f"no way to {ANNA}")
    except ValueError:
        failure = sys.exc_info()
    record = logging.LogRecord("core.x", logging.ERROR, __file__, 1, "for %s", ("olga@vetka.example",), failure)
    line = LineFormatter(json=as_json).format(record)
    assert "example" not in line and line.count("<e-mail>") == 2 and "ValueError" in line
    if as_json:
        assert json.loads(line)["time"].endswith("+00:00")
