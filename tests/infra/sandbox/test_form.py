"""Browser form uploads under a signed policy."""

import base64
from datetime import timedelta

import botocore.signers
import pytest
from botocore.compat import get_current_datetime

from tests.infra.sandbox.process import LIMITED_ACCESS, LIMITED_SECRET
from tests.infra.sandbox.refusals import code_of

BOUNDARY = "----boundary"
PART = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
EMPTY_POLICY = base64.b64encode(b'{"expiration": "2999-01-01T00:00:00Z", "conditions": []}').decode()
PLAIN = {"Content-Type": "text/plain"}


def encode(fields, content, after=()):
    parts = [f'{PART}"{name}"\r\n\r\n{value}\r\n' for name, value in fields]
    head = f'{PART}"file"; filename="Счёт.pdf"\r\nContent-Type: x/y\r\n\r\n'
    tail = "".join(f'\r\n{PART}"{name}"\r\n\r\nx' for name in after)
    return ("".join(parts) + head).encode() + content + f"{tail}\r\n--{BOUNDARY}--\r\n".encode()


@pytest.fixture
def form(sandbox, s3, bucket):
    """A form that allows 2 to 6 bytes of plain text under t/a/."""

    def make(client=s3, key="t/a/${filename}", prefix="t/a/", **extra):
        conditions = [["content-length-range", 2, 6], ["starts-with", "$key", prefix], {"Content-Type": "text/plain"}]
        made = client.generate_presigned_post(
            bucket, key, Fields={"Content-Type": "text/plain"}, Conditions=conditions, ExpiresIn=60
        )
        return made["fields"] | extra

    return make


@pytest.fixture
def post(sandbox, bucket):
    def send(fields, content=b"text", **more):
        headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        return sandbox.call("POST", f"{sandbox.url}/s3/{bucket}", encode(fields.items(), content, **more), headers)

    return send


def test_allowed_form(s3, bucket, form, post):
    status, headers, _ = post(form(), after=("ignored",))
    assert status == 204
    got = s3.get_object(Bucket=bucket, Key="t/a/Счёт.pdf")
    assert (got["Body"].read(), got["ContentType"], got["ETag"]) == (b"text", "text/plain", headers["etag"])


@pytest.mark.parametrize("content", [b"\r\n--", b"\r\n---b", b"--\r\n\r\n", b"\r\n\r\n\r\n"])
def test_content_that_looks_like_a_boundary(s3, bucket, form, post, content):
    assert post(form(), content)[0] == 204
    assert s3.get_object(Bucket=bucket, Key="t/a/Счёт.pdf")["Body"].read() == content


def test_answer_of_the_wished_kind(s3, bucket, post):
    made = s3.generate_presigned_post(bucket, "a", {"success_action_status": "201"}, [{"success_action_status": "201"}])
    status, _, body = post(made["fields"])
    assert (status, b"<Key>a</Key>" in body) == (201, True)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"1", "EntityTooSmall"), (b"1234567", "EntityTooLarge"), (b"1" * 3_000_000, "EntityTooLarge")],
)
def test_size_out_of_range(s3, bucket, form, post, content, code):
    status, _, body = post(form(), content)
    assert (status, code_of(body)) == (400, code)
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"key": "t/b/file"}, "AccessDenied"),
        ({"Content-Type": "text/html"}, "AccessDenied"),
        ({"Cache-Control": "public"}, "AccessDenied"),
        ({"x-amz-meta-owner": "evil"}, "AccessDenied"),
        ({"acl": "public-read"}, "AccessDenied"),
        ({"x-amz-signature": "0" * 64}, "SignatureDoesNotMatch"),
        ({"x-amz-credential": "nobody/20200101/us-east-1/s3/aws4_request"}, "AuthorizationQueryParametersError"),
        ({"policy": EMPTY_POLICY}, "SignatureDoesNotMatch"),
    ],
)
def test_changed_form_is_refused(s3, bucket, form, post, changed, code):
    _, _, body = post(form() | changed)
    assert code_of(body) == code
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_form_of_another_bucket(s3, bucket, form, post):
    other = s3.generate_presigned_post("other-bucket", "t/a/x", PLAIN, [PLAIN])
    assert code_of(post(other["fields"])[2]) == "AccessDenied"


def test_crooked_key_is_refused_though_the_policy_allows_it(form, post):
    assert code_of(post(form() | {"key": "t/a/../b"})[2]) == "InvalidURI"


def test_form_without_policy(post):
    assert code_of(post({"key": "t/a/x"})[2]) == "AccessDenied"


def test_expired_form(monkeypatch, form, post):
    past = get_current_datetime() - timedelta(seconds=61)
    monkeypatch.setattr(botocore.signers, "get_current_datetime", lambda *_, **__: past)
    status, _, body = post(form())
    assert (status, b"Policy expired" in body) == (403, True)


def test_limited_credential(sandbox, form, post):
    client = sandbox.s3(LIMITED_ACCESS, LIMITED_SECRET)
    assert post(form(client, key="t/alfa/file", prefix="t/alfa/"))[0] == 204
    assert code_of(post(form(client, key="t/beta/file", prefix="t/beta/"))[2]) == "AccessDenied"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "MalformedPOSTRequest"),
        (b"------boundary--\r\n", "InvalidArgument"),
        (b"x" * 100_000, "MaxPostPreDataLengthExceeded"),
        (encode([("key", "x" * 70_000)], b"1"), "MaxPostPreDataLengthExceeded"),
        (encode([("key", "a"), ("key", "b")], b"1"), "MalformedPOSTRequest"),
    ],
)
def test_crooked_form(sandbox, bucket, body, code):
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    status, _, answer = sandbox.call("POST", f"{sandbox.url}/s3/{bucket}", body, headers)
    assert (status, code_of(answer)) == (400, code)
