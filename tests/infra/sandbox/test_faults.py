"""Ordered trouble happens exactly as often as ordered."""

import smtplib
import time

import pytest
from botocore.exceptions import ConnectionClosedError

from tests.infra.sandbox.refusals import refused

LETTER = "Subject: x\r\n\r\ntext"


def send(sandbox, address):
    with sandbox.smtp() as smtp:
        smtp.sendmail("a@example.test", [address], LETTER)


@pytest.mark.parametrize(("mode", "code"), [("fail", 451), ("throttle", 450)])
def test_mail_fails_for_the_next_letters(sandbox, address, mode, code):
    assert sandbox.order(service="mail", mode=mode, count=2) == 201
    for _ in range(2):
        with pytest.raises(smtplib.SMTPSenderRefused) as told:
            send(sandbox, address)
        assert told.value.smtp_code == code
    send(sandbox, address)
    assert len(sandbox.json(f"/mail/messages?to={address}")) == 1


def test_mail_refuses_a_receiver_and_takes_the_next(sandbox, address):
    sandbox.order(service="mail", mode="refuse")
    with pytest.raises(smtplib.SMTPRecipientsRefused) as told:
        send(sandbox, address)
    assert told.value.recipients[address][0] == 550
    send(sandbox, address)
    assert len(sandbox.json(f"/mail/messages?to={address}")) == 1


@pytest.mark.parametrize(("mode", "kept"), [("cut", 0), ("lost", 1)])
def test_mail_breaks_off_after_the_letter(sandbox, address, mode, kept):
    sandbox.order(service="mail", mode=mode)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        send(sandbox, address)
    assert len(sandbox.json(f"/mail/messages?to={address}")) == kept


@pytest.mark.parametrize(("mode", "code"), [("fail", "InternalError"), ("throttle", "SlowDown")])
def test_store_fails_for_the_next_calls(s3, sandbox, bucket, mode, code):
    sandbox.order(service="s3", mode=mode, count=2)
    with refused(code):
        s3.put_object(Bucket=bucket, Key="a", Body=b"1")
    with refused(code):
        s3.get_object(Bucket=bucket, Key="a")
    s3.put_object(Bucket=bucket, Key="a", Body=b"1")


@pytest.mark.parametrize(("mode", "kept"), [("cut", 0), ("lost", 1)])
@pytest.mark.parametrize("size", [10, 5_000_000])
def test_store_breaks_off(s3, sandbox, bucket, mode, kept, size):
    sandbox.order(service="s3", mode=mode)
    with pytest.raises(ConnectionClosedError):
        s3.put_object(Bucket=bucket, Key="a", Body=b"1" * size)
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == kept


@pytest.mark.parametrize("service", ["s3", "mail"])
def test_slow_is_slow_and_right(s3, sandbox, bucket, address, service):
    sandbox.order(service=service, mode="slow", delay=0.4)
    begun = time.monotonic()
    s3.put_object(Bucket=bucket, Key="a", Body=b"1")
    send(sandbox, address)
    assert time.monotonic() - begun >= 0.4
    assert s3.get_object(Bucket=bucket, Key="a")["Body"].read() == b"1"
    assert len(sandbox.json(f"/mail/messages?to={address}")) == 1


def test_trouble_for_a_time(s3, sandbox, bucket):
    sandbox.order(service="s3", mode="throttle", seconds=0.3)
    for _ in range(3):
        with refused("SlowDown"):
            s3.put_object(Bucket=bucket, Key="a", Body=b"1")
    time.sleep(0.3)
    s3.put_object(Bucket=bucket, Key="a", Body=b"1")


def test_trouble_is_seen_and_healed(s3, sandbox, bucket):
    sandbox.order(service="s3", mode="fail", count=100)
    sandbox.order(service="mail", mode="slow", seconds=60, delay=1)
    first, second = sandbox.json("/faults")
    assert (first["service"], first["mode"], first["count"], first["seconds"]) == ("s3", "fail", 100, None)
    assert (second["service"], second["count"], second["delay"]) == ("mail", None, 1.0)
    page = sandbox.call("GET", "/")[2].decode()
    assert "Хранилище" in page
    assert "ошибка сервера" in page
    assert sandbox.call("DELETE", "/faults")[0] == 204
    s3.put_object(Bucket=bucket, Key="a", Body=b"1")
    assert "Всё исправно" in sandbox.call("GET", "/")[2].decode()


def test_trouble_of_one_service_spares_the_other(s3, sandbox, bucket, address):
    sandbox.order(service="s3", mode="fail", count=100)
    send(sandbox, address)
    assert len(sandbox.json(f"/mail/messages?to={address}")) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b" " * 20_000, 400),
        (b"[]", 422),
        (b'{"service": "pigeon", "mode": "fail"}', 422),
        (b'{"service": "s3", "mode": "refuse"}', 422),
        (b'{"service": "mail", "mode": "explode"}', 422),
        (b'{"service": "mail", "mode": "fail", "count": 0}', 422),
        (b'{"service": "mail", "mode": "fail", "count": true}', 422),
        (b'{"service": "mail", "mode": "fail", "count": 1, "seconds": 1}', 422),
        (b'{"service": "mail", "mode": "slow", "delay": 1000}', 422),
        (b'{"service": ["mail"], "mode": "slow"}', 422),
    ],
)
def test_senseless_orders_are_refused(sandbox, body, status):
    told, headers, _ = sandbox.call("POST", "/faults", body)
    assert (told, headers["content-type"]) == (status, "application/problem+json")
    assert sandbox.json("/faults") == []
