"""Another master key: all values are written anew under it, whoever works or dies meanwhile."""

import base64
from collections import Counter
from io import StringIO
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.context import company_scope, control_scope
from core.crypto import decrypt, encrypt
from core.gateways.models import Gateway
from core.identity.models import User
from tenants.console.models import Operator
from tenants.keys import rotation
from tenants.keys.queries import sealed_columns
from tenants.keys.rotation import rotate, standing
from tenants.snapshots import find

OLD, NEW = (base64.b64encode(letter * 32).decode() for letter in (b"o", b"n"))
BOTH = f"2:{NEW},1:{OLD}"


@pytest.fixture
def companies(committed, settings):
    """Both companies with secrets under the old key."""
    settings.FIELD_KEY = OLD
    found = [find(host=f"{slug}.localhost") for slug in ("alfa", "beta")]
    for company in found:
        with company_scope(company):
            for code in ("sms", "telegram"):
                row = Gateway.objects.create(code=code, mode="own")
                row.secret = encrypt(f"{company.slug} {code}".encode(), **place(row))
                row.save()
            for user in User.objects.all():
                user.totp_secret = encrypt(b"totp", model="identity.user", field="totp_secret", pk=user.pk)
                user.save()
    return found


def place(row) -> dict:
    return {"model": "gateways.gateway", "field": "secret", "pk": row.pk}


def secrets_of(company) -> set[bytes]:
    with company_scope(company):
        return {decrypt(row.secret, **place(row)) for row in Gateway.objects.exclude(secret=None)}


def test_every_binary_column_is_taken_for_a_secret():
    assert {(one.place["model"], one.column) for one in sealed_columns(["tasks"])} == {
        ("gateways.gateway", "secret"), ("identity.user", "totp_secret"),
    }  # fmt: skip


@pytest.mark.committed
@pytest.mark.row("SE-03")
def test_afterwards_the_old_key_is_not_needed(companies, settings, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 1)
    settings.FIELD_KEY = BOTH
    count = standing().total()
    assert standing() == Counter({1: count}) and count >= 6
    assert rotate(lambda text: None).done == count
    assert standing() == Counter({2: count})
    settings.FIELD_KEY = f"2:{NEW}"
    for company in companies:
        assert secrets_of(company) == {f"{company.slug} sms".encode(), f"{company.slug} telegram".encode()}
    assert rotate(lambda text: None).done == 0


@pytest.mark.committed
@pytest.mark.row("SE-03")
def test_people_read_and_write_secrets_meanwhile(companies, settings, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 1)
    settings.FIELD_KEY = BOTH
    stop, failures, reads = Event(), [], []

    def work():
        try:
            while not stop.is_set():
                reads.append(secrets_of(companies[0]))
                with company_scope(companies[0]):
                    row = Gateway.objects.select_for_update().get(code="sms")
                    row.secret = encrypt(b"alfa sms", **place(row))
                    row.save(update_fields=["secret"])
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    worker = Thread(target=work)
    worker.start()
    try:
        for _ in range(5):
            rotate(lambda text: None)
    finally:
        stop.set()
        worker.join()
    assert not failures and len(reads) > 0
    assert all(read == {b"alfa sms", b"alfa telegram"} for read in reads)
    assert set(standing()) == {2}


@pytest.mark.committed
def test_killed_on_the_way_the_next_run_goes_on(companies, committed, settings):
    settings.FIELD_KEY = BOTH
    status, _ = committed.child("rotate", fail="keys.batch", FIELD_KEY=BOTH)
    assert status == 137
    assert set(standing()) == {1, 2}
    status, answer = committed.child("rotate", FIELD_KEY=BOTH)
    assert status == 0 and answer["done"] > 0
    assert set(standing()) == {2}


@pytest.mark.committed
def test_a_value_that_no_key_opens_is_named_and_the_rest_is_done(companies, settings):
    settings.FIELD_KEY = BOTH
    with company_scope(companies[0]):
        row = Gateway.objects.get(code="sms")
        Gateway.objects.filter(pk=row.pk).update(secret=b"\x01" + b"damaged" * 8)
    with pytest.raises(CommandError, match=f"gateways.gateway.secret {row.pk}"):
        call_command("rotate_keys", stdout=StringIO())
    assert standing()[1] == 1
    assert secrets_of(companies[1]) == {b"beta sms", b"beta telegram"}


@pytest.mark.row("SE-03")
def test_codes_of_operators_go_along(committed, settings):
    settings.FIELD_KEY = OLD
    place_of = {"model": "console.operator", "field": "totp_secret", "owner": "console"}
    with control_scope():
        row = Operator.objects.create(email="o@pult.example", full_name="Оператор", role="chief", password="x")
        row.totp_secret = encrypt(b"totp", pk=row.pk, **place_of)
        row.save()
    settings.FIELD_KEY = BOTH
    assert standing()[1] >= 1
    rotate(lambda text: None)
    assert standing()[1] == 0
    settings.FIELD_KEY = f"2:{NEW}"
    with control_scope():
        assert decrypt(Operator.objects.get(pk=row.pk).totp_secret, pk=row.pk, **place_of) == b"totp"
