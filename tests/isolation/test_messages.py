"""What travels through Redis is signed, bound to a company, and named by it."""

import pytest
import redis
from django.conf import settings

from core.jobs import envelope
from core.jobs.envelope import Forged, Late, check, sign
from core.jobs.tasks import keep_parcel

PARCEL = {
    "company": "t_aaaaaaaaaaaaaaaa",
    "kind": "fact",
    "promises": [["0b0b1a6e-0000-7000-8000-000000000001", 1, 1]],
}

pytestmark = pytest.mark.row("SE-07")


def test_a_signed_parcel_passes():
    check(PARCEL, sign(PARCEL))


@pytest.mark.parametrize(
    "field,value",
    [
        ("company", "t_bbbbbbbbbbbbbbbb"),
        ("kind", "job:x"),
        ("promises", [["0b0b1a6e-0000-7000-8000-000000000001", 2, 1]]),
        ("promises", [["0b0b1a6e-0000-7000-8000-000000000001", 1, 2]]),
        ("promises", PARCEL["promises"] * 2),
    ],
)
def test_a_changed_parcel_is_refused(field, value):
    with pytest.raises(Forged):
        check(PARCEL | {field: value}, sign(PARCEL))


@pytest.mark.parametrize("headers", [{}, {"pult_expires": 1, "pult_signature": "x"}, {"pult_signature": "x"}])
def test_an_unsigned_parcel_is_refused(headers):
    with pytest.raises(Forged):
        check(PARCEL, headers)


def test_a_forged_message_reaches_no_table(db, statements):
    with statements() as seen, pytest.raises(Forged):
        keep_parcel.apply(kwargs=PARCEL, throw=True)
    assert len(seen) == 0


def test_a_parcel_of_a_former_time_is_let_go_without_a_word(db, statements, caplog, monkeypatch):
    monkeypatch.setattr(envelope, "_LIFE_SECONDS", -1)
    with pytest.raises(Late):
        check(PARCEL, headers := sign(PARCEL))
    with statements() as seen:
        assert keep_parcel.apply(kwargs=PARCEL, headers=headers, throw=True).successful()
    assert len(seen) == 0 and [line for line in caplog.records if line.levelname in ("ERROR", "WARNING")] == []


def test_every_key_in_redis_names_its_owner(company, owner, person, deliver):
    """After work through many doors no key is without a company's schema or `global`."""
    colleague = person(company)
    owner.client.post("auth/token/", {"email": owner.email, "password": "wrong-password"})
    owner.client.post("auth/token/", {"email": owner.email, "password": owner.password})
    colleague.client.get("me/")
    owner.client.post("tasks/", {"title": "Проверка ключей", "assignee": colleague.id})
    deliver()
    keys = [key.decode() for key in redis.Redis.from_url(settings.REDIS_URL).scan_iter()]
    assert keys
    assert [key for key in keys if not key.startswith(("t_", "global:"))] == []
