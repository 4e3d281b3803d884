"""An own server: one company at its own host, allowed by a file that is checked without asking anybody."""

import base64
import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from core.context import control_scope
from core.entitlements.allowance import FULL, READ_ONLY
from core.notifications.rules import address_of
from tenants.licensing.rules import (
    ENDS,
    GOOD,
    GRACE,
    IN_GRACE,
    MISSING,
    OVER,
    WARNED,
    Licence,
    LicenceWrong,
    allowance_on,
    new_pair,
    read,
    signed,
)
from tenants.models import Company
from tenants.snapshots import find, snapshots
from tests.support.client import Api

PRIVATE, PUBLIC = new_pair()
LAST = date(2027, 3, 31)
DAY = timedelta(days=1)


def licence(**more) -> Licence:
    told = {"number": "Л-7", "holder": "ООО «Альфа»", "seats": 5, "modules": ("tasks",),
            "begins": date(2026, 1, 1), "until": LAST}  # fmt: skip
    return Licence(**told | more)


@pytest.fixture
def own_server(company, settings, tmp_path):
    """`own_server(licence)` makes this an own server of `alfa` with this licence, or with none."""
    settings.ONE_COMPANY, settings.COMPANY_HOST = "alfa", "crm.alfa.example"
    settings.LICENCE_PUBLIC_KEY, settings.LICENCE_FILE = PUBLIC, str(tmp_path / "licence.json")

    def put(one: Licence | None) -> None:
        if one is not None:
            (tmp_path / "licence.json").write_text(signed(one, PRIVATE))
        snapshots.forget()

    return put


@pytest.mark.row("OP-02", "MN-05")
def test_a_licence_is_read_as_it_was_signed():
    for one in (licence(), licence(seats=None, modules=None)):
        assert read(signed(one, PRIVATE), PUBLIC) == one


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file | {"licence": file["licence"].replace('"seats": 5', '"seats": 500')},
        lambda file: file | {"signature": base64.b64encode(b"0" * 64).decode()},
        lambda file: file | {"signature": "не base64"},
        lambda file: {"licence": file["licence"]},
        lambda file: [],
        lambda file: "",
    ],
)
def test_whatever_is_altered_is_no_licence(spoil):
    with pytest.raises(LicenceWrong):
        read(json.dumps(spoil(json.loads(signed(licence(), PRIVATE)))), PUBLIC)


def test_what_another_key_signed_is_no_licence():
    with pytest.raises(LicenceWrong):
        read(signed(licence(), new_pair()[0]), PUBLIC)


@pytest.mark.row("MN-05")
@pytest.mark.parametrize(
    ("day", "mode", "stage"),
    [
        (date(2025, 12, 31), READ_ONLY, MISSING),
        (LAST - WARNED - DAY, FULL, GOOD),
        (LAST - WARNED, FULL, ENDS),
        (LAST, FULL, ENDS),
        (LAST + DAY, FULL, IN_GRACE),
        (LAST + GRACE, FULL, IN_GRACE),
        (LAST + GRACE + DAY, READ_ONLY, OVER),
    ],
)
def test_after_its_term_it_works_on_for_a_while_and_can_be_read_for_ever(day, mode, stage):
    allowed = allowance_on(licence(), day)
    assert (allowed.mode, allowed.stage) == (mode, stage)
    assert allowance_on(None, day).mode == READ_ONLY


@pytest.mark.row("OP-06", "OP-02")
@pytest.mark.parametrize("host", ["crm.alfa.example", "localhost", "127.0.0.1", "alfa.localhost"])
def test_the_company_opens_at_its_own_host_and_there_is_no_public_site(own_server, company, host):
    own_server(licence(until=date.today() + 100 * DAY))
    told = Api(company, host=host).get("auth/state/")
    assert told.status_code == 200 and told.json()["company"]["slug"] == "alfa"
    assert Api(company, host=host).post("signup/", {}).status_code == 404
    assert Api(host="beta.localhost").get("auth/state/").status_code == 404
    assert address_of(find(host=host), "/tasks/1").startswith("http://crm.alfa.example")


@pytest.mark.row("MN-05")
def test_seats_modules_and_term_are_those_of_the_licence(own_server, company, owner):
    own_server(licence(seats=1, modules=(), until=date.today() + 100 * DAY))
    refused = owner.client.post("tasks/", {"title": "Дело", "assignee": owner.id})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-in-plan")
    invited = owner.client.post("invitations/", {"emails": ["kto@alfa.example"], "role": "employee"})
    assert invited.json()["type"] == "/problems/seats-over"
    own_server(licence(until=date.today() - GRACE - DAY))
    refused = owner.client.post("tasks/", {"title": "Дело", "assignee": owner.id})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/licence-over")
    assert owner.client.get("tasks/").status_code == 200
    own_server(licence(until=date.today()))
    assert owner.client.post("tasks/", {"title": "Дело", "assignee": owner.id}).status_code == 201


def test_a_file_that_is_no_licence_lets_people_read(own_server, company, owner, settings, caplog):
    own_server(licence(until=date.today()))
    with open(settings.LICENCE_FILE, "a") as file:
        file.write("x")
    snapshots.forget()
    assert owner.client.get("tasks/").status_code == 200
    assert owner.client.post("tasks/", {"title": "Дело", "assignee": owner.id}).status_code == 403
    assert "лицензии" in caplog.text


def test_we_make_keys_and_licences(db, tmp_path, settings, capsys):
    key, out = tmp_path / "key", tmp_path / "licence.json"
    call_command("make_licence", "--new-key", str(key))
    public = capsys.readouterr().out.strip().removeprefix("LICENCE_PUBLIC_KEY=")
    with pytest.raises(CommandError, match="уже есть"):
        call_command("make_licence", "--new-key", str(key))
    told = ["--key", str(key), "--number", "Л-1", "--holder", "ООО", "--until", "2027-01-01", "--out", str(out)]
    call_command("make_licence", *told, "--seats", "3", "--module", "tasks")
    assert read(out.read_text(), public).modules == ("tasks",)
    settings.LICENCE_FILE, settings.LICENCE_PUBLIC_KEY = str(out), public
    call_command("licence")
    assert "Л-1" in capsys.readouterr().out


@pytest.mark.committed
def test_the_only_company_is_founded_once(committed, settings, monkeypatch, capsys):
    monkeypatch.setenv("FOUNDER_PASSWORD", "dlinnyy-parol-1")
    told = ["--name", "ООО «Своя»", "--email", "Boss@svoya.example", "--full-name", "Свой Степан"]
    with pytest.raises(CommandError, match="ONE_COMPANY"):
        call_command("found_company", *told)
    settings.ONE_COMPANY, settings.COMPANY_HOST, settings.LICENCE_FILE = "svoya", "localhost", ""
    for _ in range(2):
        call_command("found_company", *told)
    with control_scope():
        assert Company.objects.filter(slug="svoya").count() == 1
    assert "уже есть" in capsys.readouterr().out
    assert find(host="localhost").name == "ООО «Своя»"
