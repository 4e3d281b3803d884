"""Objects through the real client: what goes in comes out, whole and in order."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import ClientError

from tests.infra.sandbox.refusals import refused


def test_object_comes_back_with_its_headers(s3, bucket):
    put = s3.put_object(
        Bucket=bucket, Key="t/a/file.pdf", Body=b"content", ContentType="application/pdf",
        ContentDisposition="attachment", CacheControl="no-store", Metadata={"card": "tasks.task/1"},
    )  # fmt: skip
    got = s3.get_object(Bucket=bucket, Key="t/a/file.pdf")
    head = s3.head_object(Bucket=bucket, Key="t/a/file.pdf")
    assert got["Body"].read() == b"content"
    assert put["ETag"] == got["ETag"] == head["ETag"] == f'"{hashlib.md5(b"content").hexdigest()}"'
    for answer in (got, head):
        assert answer["ContentLength"] == 7
        assert answer["ContentType"] == "application/pdf"
        assert answer["ContentDisposition"] == "attachment"
        assert answer["CacheControl"] == "no-store"
        assert answer["Metadata"] == {"card": "tasks.task/1"}


def test_deleted_object_is_gone(s3, bucket):
    s3.put_object(Bucket=bucket, Key="a", Body=b"1")
    s3.delete_object(Bucket=bucket, Key="a")
    s3.delete_object(Bucket=bucket, Key="a")
    with refused("NoSuchKey"):
        s3.get_object(Bucket=bucket, Key="a")
    with refused("404"):
        s3.head_object(Bucket=bucket, Key="a")


def test_absent_bucket_is_named(s3):
    with refused("NoSuchBucket"):
        s3.put_object(Bucket="no-such-bucket", Key="a", Body=b"1")
    with refused("NoSuchBucket"):
        s3.get_object(Bucket="no-such-bucket", Key="a")
    with refused("NoSuchBucket"):
        s3.list_objects_v2(Bucket="no-such-bucket")


def test_bucket_is_made_once_and_removed_when_empty(s3, bucket):
    with refused("BucketAlreadyOwnedByYou"):
        s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="a", Body=b"1")
    with refused("BucketNotEmpty"):
        s3.delete_bucket(Bucket=bucket)
    s3.delete_object(Bucket=bucket, Key="a")
    assert bucket in [row["Name"] for row in s3.list_buckets()["Buckets"]]
    s3.delete_bucket(Bucket=bucket)
    with refused("404"):
        s3.head_bucket(Bucket=bucket)


def test_versioning_is_let_pass_and_never_on(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    assert "Status" not in s3.get_bucket_versioning(Bucket=bucket)


def test_unknown_operations_are_refused_not_ignored(s3, bucket):
    s3.put_object(Bucket=bucket, Key="a", Body=b"1")
    with refused("NotImplemented"):
        s3.put_object_tagging(Bucket=bucket, Key="a", Tagging={"TagSet": [{"Key": "k", "Value": "v"}]})
    with refused("NotImplemented"):
        s3.put_object(Bucket=bucket, Key="a", Body=b"1", Tagging="k=v")
    with refused("AccessControlListNotSupported"):
        s3.put_object(Bucket=bucket, Key="a", Body=b"1", ACL="public-read")


@pytest.mark.parametrize(
    ("header", "content", "named"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=8-100", b"89", "bytes 8-9/10"),
        ("bytes=0-9", b"0123456789", "bytes 0-9/10"),
    ],
)
def test_range(s3, bucket, header, content, named):
    s3.put_object(Bucket=bucket, Key="digits", Body=b"0123456789")
    got = s3.get_object(Bucket=bucket, Key="digits", Range=header)
    assert got["ResponseMetadata"]["HTTPStatusCode"] == 206
    assert (got["Body"].read(), got["ContentRange"]) == (content, named)


def test_range_behind_the_end_is_refused(s3, bucket):
    s3.put_object(Bucket=bucket, Key="digits", Body=b"0123456789")
    with refused("InvalidRange"):
        s3.get_object(Bucket=bucket, Key="digits", Range="bytes=10-")


def test_conditions(s3, bucket):
    etag = s3.put_object(Bucket=bucket, Key="a", Body=b"1")["ETag"]
    assert s3.get_object(Bucket=bucket, Key="a", IfMatch=etag)["Body"].read() == b"1"
    with refused("PreconditionFailed"):
        s3.get_object(Bucket=bucket, Key="a", IfMatch='"other"')
    with refused("304"):
        s3.get_object(Bucket=bucket, Key="a", IfNoneMatch=etag)
    with refused("PreconditionFailed"):
        s3.put_object(Bucket=bucket, Key="a", Body=b"2", IfNoneMatch="*")
    assert s3.get_object(Bucket=bucket, Key="a")["Body"].read() == b"1"


def test_copy_keeps_or_replaces_headers(s3, bucket):
    s3.put_object(Bucket=bucket, Key="from/файл", Body=b"bytes", ContentType="text/plain", Metadata={"a": "1"})
    source = {"Bucket": bucket, "Key": "from/файл"}
    copied = s3.copy_object(Bucket=bucket, Key="to", CopySource=source)
    s3.copy_object(Bucket=bucket, Key="retyped", CopySource=source, MetadataDirective="REPLACE", ContentType="x/y")
    s3.delete_object(Bucket=bucket, Key="from/файл")
    got, retyped = s3.get_object(Bucket=bucket, Key="to"), s3.get_object(Bucket=bucket, Key="retyped")
    assert (got["Body"].read(), got["ContentType"], got["Metadata"]) == (b"bytes", "text/plain", {"a": "1"})
    assert (retyped["Body"].read(), retyped["ContentType"], retyped["Metadata"]) == (b"bytes", "x/y", {})
    assert copied["CopyObjectResult"]["ETag"] == got["ETag"]
    with refused("NoSuchKey"):
        s3.copy_object(Bucket=bucket, Key="to", CopySource=source)
    with refused("InvalidRequest"):
        s3.copy_object(Bucket=bucket, Key="to", CopySource={"Bucket": bucket, "Key": "to"})


@pytest.mark.parametrize(
    "key",
    [
        "Договор № 17 «Заречный».pdf",
        "t/a b+c&d=e?f#g%20h",
        "t/ёлка/🌲.txt",
        "a//b",
        "/leading",
        "trailing/",
        "t/'\"<>&;",
        "~-_.!*()",
    ],
)
def test_any_key_survives(sandbox, s3, bucket, key):
    s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()
    assert [row["Key"] for row in s3.list_objects_v2(Bucket=bucket)["Contents"]] == [key]
    address = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key})
    assert sandbox.call("GET", address)[::2] == (200, key.encode())


def test_spellings_of_one_letter_are_different_keys(s3, bucket):
    composed, decomposed = "t/\u0439", "t/\u0438\u0306"
    s3.put_object(Bucket=bucket, Key=composed, Body=b"1")
    with refused("NoSuchKey"):
        s3.get_object(Bucket=bucket, Key=decomposed)


@pytest.mark.parametrize("key", ["t/a/../../t/b/secret", "../x", "t/./x", "..", "t/\x00x", "t/\nx"])
def test_crooked_keys_are_refused(s3, bucket, key):
    with pytest.raises(ClientError) as caught:
        s3.put_object(Bucket=bucket, Key=key, Body=b"1")
    # The client's own address arithmetic may have changed the path, then the signature no longer fits.
    assert caught.value.response["Error"]["Code"] in ("InvalidURI", "SignatureDoesNotMatch")
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_long_key_is_refused(s3, bucket):
    s3.put_object(Bucket=bucket, Key="ё" * 512, Body=b"1")
    with refused("KeyTooLongError"):
        s3.put_object(Bucket=bucket, Key="ё" * 513, Body=b"1")


def test_listing_walks_pages_in_byte_order(s3, bucket):
    keys = sorted((f"t/{name}" for name in ("a", "б", "B", "é", "🌲", "a/b", "a0", "10", "9")), key=str.encode)
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=b"1")
    s3.put_object(Bucket=bucket, Key="u/other", Body=b"1")
    walk = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="t/", PaginationConfig={"PageSize": 2})
    pages = list(walk)
    assert [row["Key"] for page in pages for row in page["Contents"]] == keys
    assert [page["KeyCount"] for page in pages] == [2, 2, 2, 2, 1]
    after = s3.list_objects_v2(Bucket=bucket, Prefix="t/", StartAfter=keys[4])
    assert [row["Key"] for row in after["Contents"]] == keys[5:]


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_listing_folds_folders_on_any_page_size(s3, bucket, size):
    for key in ("a/1", "a/2", "a/3", "b", "c/1", "c/d/2", "папка/файл"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"1")
    pages = list(
        s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Delimiter="/", PaginationConfig={"PageSize": size})
    )
    assert [row["Prefix"] for page in pages for row in page.get("CommonPrefixes", [])] == ["a/", "c/", "папка/"]
    assert [row["Key"] for page in pages for row in page.get("Contents", [])] == ["b"]
    assert all(page["KeyCount"] <= size for page in pages)


def test_many_are_deleted_at_once(s3, bucket):
    for number in range(5):
        s3.put_object(Bucket=bucket, Key=f"k{number}", Body=b"1")
    wanted = {"Objects": [{"Key": f"k{number}"} for number in range(4)] + [{"Key": "absent"}]}
    deleted = s3.delete_objects(Bucket=bucket, Delete=wanted)["Deleted"]
    assert sorted(row["Key"] for row in deleted) == ["absent", "k0", "k1", "k2", "k3"]
    assert [row["Key"] for row in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["k4"]


def test_concurrent_writers_leave_one_whole_object(sandbox, s3, bucket):
    bodies = [os.urandom(3_000_000 + number) for number in range(3)]
    with ThreadPoolExecutor(3) as pool:
        for _ in range(3):
            list(pool.map(lambda body: sandbox.s3().put_object(Bucket=bucket, Key="same", Body=body), bodies))
            assert s3.get_object(Bucket=bucket, Key="same")["Body"].read() in bodies
    assert len(s3.list_objects_v2(Bucket=bucket)["Contents"]) == 1


def test_reader_is_not_disturbed_by_a_writer(s3, bucket):
    first, second = b"1" * 20_000_000, b"2" * 1000
    s3.put_object(Bucket=bucket, Key="same", Body=first)
    body = s3.get_object(Bucket=bucket, Key="same")["Body"]
    begun = body.read(10)
    s3.put_object(Bucket=bucket, Key="same", Body=second)
    assert begun + body.read() == first
    assert s3.get_object(Bucket=bucket, Key="same")["Body"].read() == second


def test_replaced_and_deleted_bytes_leave_the_disk(own_sandbox):
    s3 = own_sandbox.s3()
    s3.create_bucket(Bucket="pult")
    for number in range(3):
        s3.put_object(Bucket="pult", Key="a", Body=bytes([number]))
    assert len(list((own_sandbox.data / "s3" / "blobs").glob("*/*"))) == 1
    s3.delete_object(Bucket="pult", Key="a")
    assert list((own_sandbox.data / "s3" / "blobs").glob("*/*")) == []
