"""Scripts of the product's own pages may call the store; others may not."""

import pytest

from tests.infra.sandbox.refusals import code_of


def preflight(sandbox, origin):
    wish = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "content-type"}
    return sandbox.call("OPTIONS", "/s3/any/key", headers={"Origin": origin} | wish)


@pytest.mark.parametrize(
    "origin", ["http://localhost:8000", "http://acme.localhost:8000", "https://a-b.localhost", "http://a.b.localhost:1"]
)
def test_own_pages_may_upload(sandbox, origin):
    status, headers, _ = preflight(sandbox, origin)
    assert (status, headers["access-control-allow-origin"]) == (200, origin)
    assert "PUT" in headers["access-control-allow-methods"]
    assert headers["access-control-allow-headers"] == "content-type"


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://localhost.evil.example",
        "http://evillocalhost",
        "null",
        "http://a.localhost:8000.evil.example",
    ],
)
def test_foreign_pages_may_not(sandbox, origin):
    status, headers, body = preflight(sandbox, origin)
    assert (status, code_of(body)) == (403, "AccessForbidden")
    assert "access-control-allow-origin" not in headers


def test_answers_and_refusals_are_readable_by_own_pages(sandbox, s3, bucket):
    s3.put_object(Bucket=bucket, Key="a", Body=b"1")
    address = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "a"})
    for target in (address, address.partition("?")[0]):
        _, headers, _ = sandbox.call("GET", target, headers={"Origin": "http://acme.localhost:8000"})
        assert headers["access-control-allow-origin"] == "http://acme.localhost:8000"
        assert "etag" in headers["access-control-expose-headers"].lower()
        assert (
            "access-control-allow-origin"
            not in sandbox.call("GET", target, headers={"Origin": "http://evil.example"})[1]
        )
