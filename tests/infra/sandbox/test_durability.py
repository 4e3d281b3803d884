"""What was acknowledged survives SIGKILL; what was not is nowhere to be seen."""

import signal
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest

from tests.infra.sandbox.refusals import refused

SIZE = 8_000_000


def begin_upload(sandbox, s3, key, sent):
    """Send part of a presigned upload and leave the connection open."""
    named = {"Bucket": "pult", "Key": key, "ContentLength": SIZE}
    address = urlsplit(s3.generate_presigned_url("put_object", Params=named))
    connection = socket.create_connection(("127.0.0.1", sandbox.port), timeout=20)
    head = f"PUT {address.path}?{address.query} HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Length: {SIZE}\r\n\r\n"
    connection.sendall(head.encode() + b"x" * sent)
    return connection


def wait_for(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def arrived(sandbox):
    return sum(path.stat().st_size for path in (sandbox.data / "s3" / "incoming").iterdir())


@pytest.fixture
def s3(own_sandbox):
    client = own_sandbox.s3()
    client.create_bucket(Bucket="pult")
    client.put_object(Bucket="pult", Key="kept", Body=b"old")
    return client


@pytest.mark.parametrize("key", ["new", "kept"])
def test_kill_in_the_middle_of_an_upload_leaves_no_trace(own_sandbox, s3, key):
    with begin_upload(own_sandbox, s3, key, SIZE // 2):
        wait_for(lambda: arrived(own_sandbox) > SIZE // 4)
        own_sandbox.stop(signal.SIGKILL)
    own_sandbox.start()
    assert [(row["Key"], row["Size"]) for row in s3.list_objects_v2(Bucket="pult")["Contents"]] == [("kept", 3)]
    assert s3.get_object(Bucket="pult", Key="kept")["Body"].read() == b"old"
    assert list((own_sandbox.data / "s3" / "incoming").iterdir()) == []


@pytest.mark.parametrize("sent", [SIZE // 2, SIZE - 1])
def test_client_that_leaves_early_leaves_no_trace(own_sandbox, s3, sent):
    with begin_upload(own_sandbox, s3, "kept", sent):
        wait_for(lambda: arrived(own_sandbox) > SIZE // 4)
    wait_for(lambda: not list((own_sandbox.data / "s3" / "incoming").iterdir()))
    assert s3.get_object(Bucket="pult", Key="kept")["Body"].read() == b"old"


def test_object_is_invisible_until_its_last_byte(own_sandbox, s3):
    with begin_upload(own_sandbox, s3, "new", SIZE - 1) as connection:
        wait_for(lambda: arrived(own_sandbox) > SIZE // 4)
        with refused("404"):
            s3.head_object(Bucket="pult", Key="new")
        connection.sendall(b"x")
        assert connection.recv(100).startswith(b"HTTP/1.1 200")
    assert s3.head_object(Bucket="pult", Key="new")["ContentLength"] == SIZE


def test_all_acknowledged_survives_kills(own_sandbox, s3):
    acknowledged: dict[str, bytes] = {}

    def write(name):
        client = own_sandbox.s3()
        for number in range(10_000):
            body = f"{name}-{number}".encode() * 50
            try:
                client.put_object(Bucket="pult", Key=f"{name}/{number}", Body=body)
            except Exception:
                return
            acknowledged[f"{name}/{number}"] = body

    for turn in range(3):
        before = len(acknowledged)
        writers = [threading.Thread(target=write, args=(f"w{turn}{number}",)) for number in range(3)]
        for writer in writers:
            writer.start()
        wait_for(lambda: len(acknowledged) > before + 30)  # noqa: B023
        own_sandbox.stop(signal.SIGKILL)
        for writer in writers:
            writer.join(20)
        own_sandbox.start()
    for key, body in acknowledged.items():
        assert s3.get_object(Bucket="pult", Key=key)["Body"].read() == body
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="pult")
    blobs = len(list((own_sandbox.data / "s3" / "blobs").glob("*/*")))
    assert blobs == sum(page["KeyCount"] for page in pages)


def test_bytes_no_object_names_are_dropped_at_start(own_sandbox, s3):
    own_sandbox.stop(signal.SIGKILL)
    stray = own_sandbox.data / "s3" / "blobs" / "ab" / ("ab" + "0" * 30)
    stray.write_bytes(b"sealed, but the kill came before the index learned of it")
    own_sandbox.start()
    assert not stray.exists()
    assert s3.get_object(Bucket="pult", Key="kept")["Body"].read() == b"old"


def test_multipart_upload_goes_on_after_a_kill(own_sandbox, s3):
    upload = s3.create_multipart_upload(Bucket="pult", Key="big")["UploadId"]
    part = s3.upload_part(Bucket="pult", Key="big", UploadId=upload, PartNumber=1, Body=b"first")
    own_sandbox.stop(signal.SIGKILL)
    own_sandbox.start()
    parts = [{"PartNumber": 1, "ETag": part["ETag"]}]
    s3.complete_multipart_upload(Bucket="pult", Key="big", UploadId=upload, MultipartUpload={"Parts": parts})
    assert s3.get_object(Bucket="pult", Key="big")["Body"].read() == b"first"


def test_letter_survives_a_kill(own_sandbox):
    with own_sandbox.smtp() as smtp:
        smtp.sendmail("a@example.test", ["b@example.test"], "Subject: kept\r\n\r\ntext")
    own_sandbox.stop(signal.SIGKILL)
    own_sandbox.start()
    assert [row["subject"] for row in own_sandbox.json("/mail/messages")] == ["kept"]


def test_stop_by_signal_is_an_ordinary_end(own_sandbox):
    assert own_sandbox.stop(signal.SIGTERM) == 0
    own_sandbox.start()
    assert own_sandbox.stop(signal.SIGINT) == 0
