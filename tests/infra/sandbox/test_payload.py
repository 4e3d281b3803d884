"""Bodies against their declared hashes, and the framing newest clients send."""

import base64
import zlib
from hashlib import md5

import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.infra.sandbox.process import ACCESS, SECRET
from tests.infra.sandbox.refusals import code_of, refused

CONTENT = b"first frame" + b"second, longer frame"
CRC = base64.b64encode(zlib.crc32(CONTENT).to_bytes(4, "big")).decode()
FRAMES = b"b\r\nfirst frame\r\n14;note=x\r\nsecond, longer frame\r\n0\r\n"
FRAMED = FRAMES + f"x-amz-checksum-crc32:{CRC}\r\n\r\n".encode()


@pytest.fixture
def put(sandbox, bucket):
    """Sign one body by the real signer, send perhaps another."""

    def send(signed: bytes, sent: bytes, trailer: bool = False, **headers: str):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = AWSRequest("PUT", f"{sandbox.url}/s3/{bucket}/key", headers=named, data=signed)
        if trailer:
            request.context["checksum"] = {"request_algorithm": {"in": "trailer"}}
        S3SigV4Auth(Credentials(ACCESS, SECRET), "s3", "us-east-1").add_auth(request)
        return sandbox.call("PUT", request.url, sent, dict(request.headers.items()))

    return send


def framed(**changed: str) -> dict[str, str]:
    headers = {"content_encoding": "gzip,aws-chunked", "x_amz_trailer": "x-amz-checksum-crc32"}
    return headers | {"x_amz_decoded_content_length": str(len(CONTENT))} | changed


def test_body_must_hash_as_signed(put, s3, bucket):
    assert put(b"signed", b"signed")[0] == 200
    status, _, body = put(b"signed", b"forged")
    assert (status, code_of(body)) == (400, "XAmzContentSHA256Mismatch")
    assert s3.get_object(Bucket=bucket, Key="key")["Body"].read() == b"signed"


def test_framed_body_is_unframed(put, s3, bucket):
    assert put(b"", FRAMED, trailer=True, **framed())[0] == 200
    got = s3.get_object(Bucket=bucket, Key="key", ChecksumMode="ENABLED")
    assert (got["Body"].read(), got["ContentEncoding"], got["ChecksumCRC32"]) == (CONTENT, "gzip", CRC)


@pytest.mark.parametrize(
    ("sent", "headers", "code"),
    [
        (FRAMED.replace(b"second", b"secont"), {}, "BadDigest"),
        (FRAMED.replace(b"x-amz-checksum", b"x-amz-chocksum"), {}, "BadDigest"),
        (FRAMED, {"x_amz_decoded_content_length": "30"}, "IncompleteBody"),
        (FRAMED, {"x_amz_decoded_content_length": "32"}, "IncompleteBody"),
        (FRAMED, {"x_amz_decoded_content_length": "-1"}, "MissingContentLength"),
        (FRAMED[:40], {}, "IncompleteBody"),
        (b"-1\r\n", {}, "IncompleteBody"),
        (b"zz" * 2000, {}, "IncompleteBody"),
        (FRAMED, {"x_amz_trailer": "x-amz-checksum-crc64nvme"}, "NotImplemented"),
    ],
)
def test_broken_framing_is_refused(put, s3, bucket, sent, headers, code):
    status, _, body = put(b"", sent, trailer=True, **framed(**headers))
    assert code_of(body) == code
    assert status >= 400
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_content_md5(put):
    right, wrong = (base64.b64encode(md5(text).digest()).decode() for text in (b"body", b"other"))
    assert put(b"body", b"body", content_md5=right)[0] == 200
    assert code_of(put(b"body", b"body", content_md5=wrong)[2]) == "BadDigest"
    assert code_of(put(b"body", b"body", content_md5="short")[2]) == "InvalidDigest"


def test_client_checks_the_checksum_it_sent(s3, bucket):
    for algorithm in ("CRC32", "SHA1", "SHA256"):
        s3.put_object(Bucket=bucket, Key=algorithm, Body=b"body", ChecksumAlgorithm=algorithm)
        got = s3.get_object(Bucket=bucket, Key=algorithm, ChecksumMode="ENABLED")
        assert (got["Body"].read(), bool(got[f"Checksum{algorithm}"])) == (b"body", True)
    with refused("BadDigest"):
        s3.put_object(Bucket=bucket, Key="a", Body=b"body", ChecksumCRC32="AAAAAA==")


def test_client_with_the_product_settings(sandbox, bucket):
    s3 = sandbox.s3(request_checksum_calculation="when_required", response_checksum_validation="when_required")
    s3.put_object(Bucket=bucket, Key="a", Body=b"body")
    assert s3.get_object(Bucket=bucket, Key="a")["Body"].read() == b"body"


@pytest.mark.parametrize("document", [b"<Delete", b"<!DOCTYPE a [<!ENTITY b 'c'>]><Delete>&b;</Delete>", b"<Delete/>"])
def test_crooked_xml_is_refused(sandbox, bucket, document):
    request = AWSRequest("POST", f"{sandbox.url}/s3/{bucket}?delete=", data=document)
    S3SigV4Auth(Credentials(ACCESS, SECRET), "s3", "us-east-1").add_auth(request)
    status, _, body = sandbox.call("POST", request.url, document, dict(request.headers.items()))
    assert (status, code_of(body)) == (400, "MalformedXML")
