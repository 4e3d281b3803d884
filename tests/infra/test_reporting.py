"""Reports of faults: they say where the code broke, and nothing of what it worked on."""

import json
import logging
from collections.abc import Iterator

import pytest
import sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from core.context import company_scope
from core.jobs import delivery
from core.logs import request_id
from infra.env import Env
from infra.reporting import report_faults

# Not in the lines that break: a report quotes the code as it stands.
ANNA = "anna@romashka.example"
CANARY = "Секретный-канареечный-текст"


class Kept(Transport):
    """What would have gone out."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Envelope] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.sent.append(envelope)

    @property
    def text(self) -> str:
        return "\n".join(envelope.serialize().decode() for envelope in self.sent)

    def events(self) -> list[dict]:
        return [item.payload.json for envelope in self.sent for item in envelope.items if item.type == "event"]


@pytest.fixture
def kept() -> Iterator[Kept]:
    kept = Kept()
    report_faults(Env(_env_file=None, sentry_dsn="http://key@127.0.0.1:9/1", release="abc"), transport=kept)
    yield kept
    sentry_sdk.get_client().close(timeout=0)
    # Bare: what the library switches on by itself would hush `django.request` for the rest of the process.
    sentry_sdk.init(default_integrations=False, auto_enabling_integrations=False)


def test_a_fault_of_a_request_tells_the_place_and_nothing_else(kept, owner, monkeypatch):
    from modules.tasks.rest import views

    def broken(self, request, *args, **kwargs):
        nobody_sees_this = CANARY
        raise LookupError(f"{nobody_sees_this} {ANNA}")

    monkeypatch.setattr(views.TaskViewSet, "counts", broken)
    with pytest.raises(LookupError):
        owner.client.get("tasks/counts/", q=CANARY, X_Secret=CANARY)
    (event,) = kept.events()
    assert event["tags"]["company"] == owner.company.slug and len(event["tags"]["request"]) == 12
    assert event["exception"]["values"][-1]["type"] == "LookupError"
    assert event["exception"]["values"][-1]["stacktrace"]["frames"][-1]["function"] == "broken"
    assert CANARY not in json.dumps(event, ensure_ascii=False) and ANNA not in kept.text
    assert owner.cookie not in kept.text and "request" not in event and "user" not in event


def test_a_fault_of_a_job_tells_its_company(kept, company, monkeypatch):
    monkeypatch.setattr(delivery, "tell", lambda *told: 1 / 0)
    failures = delivery.perform(company.schema, "fact", [1])
    assert type(failures[1]) is ZeroDivisionError
    (event,) = kept.events()
    assert event["logentry"] == {"message": "promise %s of %s failed"}
    assert company.schema not in json.dumps(event["logentry"])


def test_what_speaks_of_code_keeps_its_words_but_for_people_in_them(kept):
    try:
        raise TypeError(f"f() got {ANNA}")
    except TypeError:
        logging.getLogger("x").exception("broke for %s", CANARY)
    (event,) = kept.events()
    assert event["exception"]["values"][-1]["value"] == "f() got <e-mail>"
    assert event["release"] == "abc" and CANARY not in json.dumps(event, ensure_ascii=False)


def test_a_company_and_a_request_stand_on_it(kept, company):
    token = request_id.set("abcdefabcdef")
    with company_scope(company):
        logging.getLogger("x").error("no way")
    request_id.reset(token)
    (event,) = kept.events()
    assert event["tags"] == {"company": company.slug, "request": "abcdefabcdef"}


def test_warnings_are_no_faults(kept):
    logging.getLogger("x").warning("hm")
    assert kept.sent == []


def test_without_an_address_nothing_begins(monkeypatch):
    monkeypatch.setattr(sentry_sdk, "init", lambda **told: pytest.fail("begun"))
    report_faults(Env(_env_file=None))
