"""A credential limited to a prefix sees and touches nothing else."""

import pytest

from tests.infra.sandbox.refusals import refused


@pytest.fixture
def theirs(s3, bucket):
    s3.put_object(Bucket=bucket, Key="t/beta/secret", Body=b"secret")
    s3.put_object(Bucket=bucket, Key="t/alfa2/secret", Body=b"secret")
    return bucket


def test_own_prefix_works(limited, theirs):
    limited.put_object(Bucket=theirs, Key="t/alfa/a", Body=b"1")
    assert limited.get_object(Bucket=theirs, Key="t/alfa/a")["Body"].read() == b"1"
    assert [row["Key"] for row in limited.list_objects_v2(Bucket=theirs, Prefix="t/alfa/")["Contents"]] == ["t/alfa/a"]
    limited.copy_object(Bucket=theirs, Key="t/alfa/b", CopySource={"Bucket": theirs, "Key": "t/alfa/a"})
    limited.delete_object(Bucket=theirs, Key="t/alfa/a")


@pytest.mark.parametrize("key", ["t/beta/secret", "t/alfa2/secret", "t/alfa", "x"])
def test_foreign_keys_are_denied(limited, theirs, key):
    with refused("AccessDenied"):
        limited.get_object(Bucket=theirs, Key=key)
    with refused("403"):
        limited.head_object(Bucket=theirs, Key=key)
    with refused("AccessDenied"):
        limited.put_object(Bucket=theirs, Key=key, Body=b"evil")
    with refused("AccessDenied"):
        limited.delete_object(Bucket=theirs, Key=key)
    with refused("AccessDenied"):
        limited.create_multipart_upload(Bucket=theirs, Key=key)
    with refused("AccessDenied"):
        limited.copy_object(Bucket=theirs, Key="t/alfa/b", CopySource={"Bucket": theirs, "Key": key})


@pytest.mark.parametrize("prefix", ["", "t/", "t/alfa", "t/beta/"])
def test_foreign_listings_are_denied(limited, theirs, prefix):
    with refused("AccessDenied"):
        limited.list_objects_v2(Bucket=theirs, Prefix=prefix)
    with refused("AccessDenied"):
        limited.list_multipart_uploads(Bucket=theirs, Prefix=prefix)


def test_presigned_foreign_key_is_denied(sandbox, limited, theirs):
    address = limited.generate_presigned_url("get_object", Params={"Bucket": theirs, "Key": "t/beta/secret"})
    assert sandbox.call("GET", address)[0] == 403


def test_multi_delete_spares_foreign_keys(s3, limited, theirs):
    s3.put_object(Bucket=theirs, Key="t/alfa/a", Body=b"1")
    wanted = {"Objects": [{"Key": "t/alfa/a"}, {"Key": "t/beta/secret"}], "Quiet": True}
    answer = limited.delete_objects(Bucket=theirs, Delete=wanted)
    assert [(row["Key"], row["Code"]) for row in answer["Errors"]] == [("t/beta/secret", "AccessDenied")]
    assert [row["Key"] for row in s3.list_objects_v2(Bucket=theirs)["Contents"]] == ["t/alfa2/secret", "t/beta/secret"]


def test_buckets_are_not_theirs(limited, theirs):
    with refused("AccessDenied"):
        limited.create_bucket(Bucket="limited-bucket")
    with refused("AccessDenied"):
        limited.delete_bucket(Bucket=theirs)
    with refused("AccessDenied"):
        limited.list_buckets()
