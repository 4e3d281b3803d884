"""Forged, altered, expired and stretched requests: none gets through."""

from datetime import UTC, datetime, timedelta

import botocore.auth
import pytest

from infra.sandbox.exchange import CUT, Request
from infra.sandbox.s3.credentials import Credential, Keyring
from infra.sandbox.s3.errors import S3Error
from infra.sandbox.s3.signature import authorize
from tests.infra.sandbox.process import ACCESS
from tests.infra.sandbox.refusals import code_of, refused

# The worked examples of «Authenticating Requests (AWS Signature Version 4)» in the S3 API reference.
EXAMPLE = Credential("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
EXAMPLE_DAY = datetime(2013, 5, 24, tzinfo=UTC)
EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
HEADER_EXAMPLE = (
    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
    "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
    "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
)
QUERY_EXAMPLE = (
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
    "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
    "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
)


def request_of(query="", **headers):
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "method": "GET", "raw_path": b"/test.txt", "query_string": query.encode(), "extensions": {CUT: {"abort": None}},
        "headers": [(b"host", b"examplebucket.s3.amazonaws.com"), *pairs],
    }  # fmt: skip
    return Request(scope, receive=None)


def header_example(**changed):
    headers = {"range": "bytes=0-9", "x_amz_content_sha256": EMPTY_HASH, "x_amz_date": "20130524T000000Z"}
    return request_of(authorization=HEADER_EXAMPLE, **headers | changed)


def test_published_examples_are_believed():
    keyring = Keyring([EXAMPLE], "us-east-1")
    assert authorize(header_example(), keyring, EXAMPLE_DAY).credential is EXAMPLE
    assert authorize(request_of(QUERY_EXAMPLE), keyring, EXAMPLE_DAY + timedelta(days=1)).credential is EXAMPLE


def test_published_examples_are_believed_only_as_they_are():
    keyring = Keyring([EXAMPLE], "us-east-1")
    for request in (header_example(range="bytes=0-8"), request_of(QUERY_EXAMPLE.replace("86400", "86401"))):
        with pytest.raises(S3Error, match="SignatureDoesNotMatch"):
            authorize(request, keyring, EXAMPLE_DAY)
    with pytest.raises(S3Error, match="Request has expired"):
        authorize(request_of(QUERY_EXAMPLE), keyring, EXAMPLE_DAY + timedelta(days=1, seconds=1))


@pytest.fixture
def signed_at(monkeypatch):
    """Sign as if the clock stood elsewhere."""

    def shift(**delta):
        moment = datetime.now(UTC).replace(tzinfo=None) + timedelta(**delta)
        monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: moment)

    return shift


@pytest.fixture
def put_address(s3, bucket):
    """Presign the upload of four bytes of text under t/a/file."""
    named = {"Bucket": bucket, "Key": "t/a/file", "ContentLength": 4, "ContentType": "text/plain"}
    return s3.generate_presigned_url("put_object", Params=named, ExpiresIn=300)


@pytest.fixture
def get_address(s3, bucket):
    """Presign the reading of an object that exists."""
    s3.put_object(Bucket=bucket, Key="t/a/file", Body=b"1234")
    s3.put_object(Bucket=bucket, Key="t/b/file", Body=b"secret")
    named = {"Bucket": bucket, "Key": "t/a/file", "ResponseContentDisposition": "attachment; filename*=UTF-8''%D1%91"}
    return s3.generate_presigned_url("get_object", Params=named, ExpiresIn=300)


def test_wrong_secret_and_unknown_key(sandbox, bucket):
    with refused("SignatureDoesNotMatch"):
        sandbox.s3(ACCESS, "wrong").put_object(Bucket=bucket, Key="a", Body=b"1")
    with refused("InvalidAccessKeyId"):
        sandbox.s3("nobody", "wrong").put_object(Bucket=bucket, Key="a", Body=b"1")


def test_nobody_reads_or_writes_without_a_signature(sandbox, bucket, get_address):
    bare = get_address.partition("?")[0]
    for method in ("GET", "PUT", "DELETE"):
        status, _, body = sandbox.call(method, bare, b"1" if method == "PUT" else None)
        assert (status, code_of(body)) == (403, "AccessDenied")
    assert sandbox.call("HEAD", bare)[::2] == (403, b"")


def test_presigned_reading_with_prescribed_headers(sandbox, get_address):
    status, headers, body = sandbox.call("GET", get_address)
    assert (status, body) == (200, b"1234")
    assert headers["content-disposition"] == "attachment; filename*=UTF-8''%D1%91"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/t/a/file", "/t/b/file"),
        ("/t/a/file", "/t/a/../b/file"),
        ("/t/a/file", "/t/a/%2e%2e/b/file"),
        ("/t/a/file", "/t/b%2Ffile"),
        ("attachment", "inline"),
        ("response-content-disposition=", "response-content-type=text%2Fhtml&response-content-disposition="),
        ("X-Amz-Expires=300", "X-Amz-Expires=3000"),
        ("X-Amz-SignedHeaders=host", "X-Amz-SignedHeaders=host%3Brange"),
        ("&X-Amz-Signature=", "&X-Amz-Signature=0"),
    ],
)
def test_altered_address_is_refused(sandbox, get_address, old, new):
    assert old in get_address
    status, _, body = sandbox.call("GET", get_address.replace(old, new))
    assert (status, code_of(body)) == (403, "SignatureDoesNotMatch")


def test_equal_spellings_of_a_path_are_one_key(sandbox, get_address):
    assert sandbox.call("GET", get_address.replace("/t/a/file", "/t/%61/file"))[::2] == (200, b"1234")


def test_address_is_good_for_its_method_only(sandbox, s3, bucket, get_address):
    for method in ("PUT", "DELETE", "HEAD", "POST"):
        assert sandbox.call(method, get_address, b"evil" if method == "PUT" else None)[0] == 403
    assert s3.get_object(Bucket=bucket, Key="t/a/file")["Body"].read() == b"1234"


def test_presigned_writing(sandbox, s3, bucket, put_address):
    assert sandbox.call("PUT", put_address, b"text", {"Content-Type": "text/plain"})[0] == 200
    got = s3.get_object(Bucket=bucket, Key="t/a/file")
    assert (got["Body"].read(), got["ContentType"]) == (b"text", "text/plain")


@pytest.mark.parametrize(
    ("old", "new", "body", "headers"),
    [
        ("", "", b"longer", {"Content-Type": "text/plain"}),
        ("", "", b"l", {"Content-Type": "text/plain"}),
        ("", "", b"", {"Content-Type": "text/plain"}),
        ("", "", b"text", {"Content-Type": "text/html"}),
        ("", "", b"text", {}),
        ("/t/a/file", "/t/b/file", b"text", {"Content-Type": "text/plain"}),
        ("/t/a/file", "/t/a/file2", b"text", {"Content-Type": "text/plain"}),
        ("content-length%3B", "", b"longer", {"Content-Type": "text/plain"}),
    ],
)
def test_other_upload_than_signed_is_refused(sandbox, s3, bucket, put_address, old, new, body, headers):
    assert old in put_address
    status, _, answer = sandbox.call("PUT", put_address.replace(old, new), body, headers)
    assert (status, code_of(answer)) == (403, "SignatureDoesNotMatch")
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_refusal_of_a_large_body_reaches_the_client(sandbox, put_address):
    status, _, body = sandbox.call("PUT", put_address, b"x" * 40_000_000, {"Content-Type": "text/plain"})
    assert (status, code_of(body)) == (403, "SignatureDoesNotMatch")


def test_chunked_body_does_not_hide_its_length(sandbox, s3, bucket, put_address):
    headers = {"Content-Type": "text/plain", "Transfer-Encoding": "chunked"}
    status, _, _ = sandbox.call("PUT", put_address, b"6\r\nlonger\r\n0\r\n\r\n", headers)
    assert status == 403
    named = {"Bucket": bucket, "Key": "unsized"}
    unsized = s3.generate_presigned_url("put_object", Params=named)
    status, _, body = sandbox.call("PUT", unsized, b"6\r\nlonger\r\n0\r\n\r\n", {"Transfer-Encoding": "chunked"})
    assert (status, code_of(body)) == (411, "MissingContentLength")
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_header_slipped_in_is_refused(sandbox, put_address, get_address):
    headers = {"Content-Type": "text/plain", "x-amz-meta-owner": "evil"}
    status, _, body = sandbox.call("PUT", put_address, b"text", headers)
    assert (status, code_of(body)) == (403, "AccessDenied")
    status, _, body = sandbox.call("GET", get_address, headers={"x-amz-copy-source": "/b/k"})
    assert (status, code_of(body)) == (403, "AccessDenied")


def test_expired_address(sandbox, s3, bucket, signed_at):
    s3.put_object(Bucket=bucket, Key="a", Body=b"1")
    signed_at(seconds=-61)
    expired = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "a"}, ExpiresIn=60)
    alive = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "a"}, ExpiresIn=120)
    status, _, body = sandbox.call("GET", expired)
    assert (status, code_of(body)) == (403, "AccessDenied")
    assert b"Request has expired" in body
    assert sandbox.call("GET", alive)[0] == 200


def test_address_from_the_future(sandbox, s3, bucket, signed_at):
    signed_at(minutes=16)
    address = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "a"})
    status, _, body = sandbox.call("GET", address)
    assert (status, b"not yet valid" in body) == (403, True)


@pytest.mark.parametrize("expires", [604801, 0, -1])
def test_address_lives_a_week_at_most(sandbox, s3, bucket, expires):
    address = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "a"}, ExpiresIn=expires)
    status, _, body = sandbox.call("GET", address)
    assert (status, code_of(body)) == (400, "AuthorizationQueryParametersError")


@pytest.mark.parametrize("minutes", [-16, 16])
def test_skewed_clock(s3, bucket, signed_at, minutes):
    signed_at(minutes=minutes)
    with refused("RequestTimeTooSkewed"):
        s3.put_object(Bucket=bucket, Key="a", Body=b"1")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("us-east-1", "eu-central-1", "AuthorizationQueryParametersError"),
        ("%2Fs3%2F", "%2Fsqs%2F", "AuthorizationQueryParametersError"),
        ("aws4_request", "aws5_request", "AuthorizationQueryParametersError"),
        ("X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Algorithm=none", "AuthorizationQueryParametersError"),
        ("X-Amz-SignedHeaders=host", "X-Amz-SignedHeaders=", "AuthorizationQueryParametersError"),
        ("&X-Amz-Signature=", "&X-Amz-Expires=1&X-Amz-Signature=", "AuthorizationQueryParametersError"),
        ("&X-Amz-Signature=", "&X-Amz-Security-Token=x&X-Amz-Signature=", "InvalidToken"),
        ("X-Amz-Date=2", "X-Amz-Date=x", "AuthorizationQueryParametersError"),
        ("/t/a/file", "/t/%ff/file", "InvalidURI"),
    ],
)
def test_malformed_claims(sandbox, get_address, old, new, code):
    assert old in get_address
    status, _, body = sandbox.call("GET", get_address.replace(old, new))
    assert (status, code_of(body)) == (400, code)


def test_scope_of_another_day(sandbox, get_address):
    date = get_address.partition("X-Amz-Date=")[2][:8]
    status, _, body = sandbox.call("GET", get_address.replace(f"%2F{date}%2F", "%2F20200101%2F"))
    assert (status, code_of(body)) == (400, "AuthorizationQueryParametersError")


def test_two_kinds_of_signature_at_once(sandbox, get_address):
    status, _, body = sandbox.call("GET", get_address, headers={"Authorization": "AWS4-HMAC-SHA256 x"})
    assert (status, code_of(body)) == (400, "InvalidArgument")


def test_old_signatures_are_not_spoken(sandbox, get_address):
    bare = get_address.partition("?")[0]
    status, _, body = sandbox.call("GET", f"{bare}?AWSAccessKeyId={ACCESS}&Signature=x&Expires=9999999999")
    assert (status, code_of(body)) == (400, "InvalidRequest")
    status, _, body = sandbox.call("GET", bare, headers={"Authorization": f"AWS {ACCESS}:x"})
    assert (status, code_of(body)) == (400, "InvalidRequest")


def test_repeated_signature_is_harmless(sandbox, get_address):
    status, _, body = sandbox.call("GET", get_address + "&X-Amz-Signature=0")
    assert (status, code_of(body)) == (400, "AuthorizationQueryParametersError")
