"""A company's own settings, through the API of its host."""

import pytest

from core.context import company_scope
from core.events.models import Fact
from tenants.snapshots import find


def test_everybody_signed_in_reads_and_nobody_else(company, owner, person, api):
    assert api(company).get("company/").status_code == 401
    shown = person(company).client.get("company/")
    assert shown.json()["name"] == "ООО «Альфа»"
    assert shown.json()["time_zone"] == "Europe/Moscow"
    assert shown["ETag"] == f'"{shown.json()["version"]}"'


def test_the_owner_changes_what_everybody_sees_at_once(company, owner):
    wanted = {"name": " ООО  «Альфа плюс» ", "accent": "#1F6FEB", "time_zone": "Asia/Omsk", "inn": "7707083893"}
    answer = owner.browser.patch("company/", wanted)
    assert answer.status_code == 200, answer.json()
    expected = {"name": "ООО «Альфа плюс»", "accent": "#1f6feb", "time_zone": "Asia/Omsk", "inn": "7707083893"}
    assert {field: answer.json()[field] for field in wanted} == expected
    seen = find(host="alfa.localhost")
    assert (seen.name, seen.accent, seen.time_zone) == ("ООО «Альфа плюс»", "#1f6feb", "Asia/Omsk")
    with company_scope(company):
        fact = Fact.objects.get(kind="tenants.company_changed")
    assert fact.actor_id == owner.principal.pk
    assert {"field": "time_zone", "old": "Europe/Moscow", "new": "Asia/Omsk"} in fact.payload["changes"]


def test_who_may_not_is_refused(company, person):
    answer = person(company, role="head").client.patch("company/", {"name": "Моя"})
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/forbidden")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("accent", "red"),
        ("accent", "#12345g"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", ""),
        ("inn", "12345"),
        ("inn", "77070838９３"),
        ("inn", "1234567890"),
    ],
)
def test_wrong_values_are_named_by_field(owner, field, value):
    answer = owner.client.patch("company/", {field: value})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{field}"]


def test_a_stale_card_is_not_overwritten(owner):
    version = owner.client.get("company/").json()["version"]
    assert owner.client.patch("company/", {"name": "Первая"}, If_Match=f'"{version}"').status_code == 200
    late = owner.client.patch("company/", {"name": "Вторая"}, If_Match=f'"{version}"')
    assert late.status_code == 412
    assert late.json()["current"]["name"] == "Первая"
    repeated = owner.client.patch("company/", {"name": "Первая"}, If_Match=f'"{version}"')
    assert (repeated.status_code, repeated.json()["version"]) == (200, version + 1)


def test_a_page_of_another_site_changes_nothing(owner):
    answer = owner.browser.patch("company/", {"name": "Чужая"}, Origin="http://beta.localhost:8000")
    assert answer.json()["type"] == "/problems/cross-site"
    assert owner.client.get("company/").json()["name"] == "ООО «Альфа»"
