"""Multipart uploads through the real client."""

import io
import os

from boto3.s3.transfer import TransferConfig

from tests.infra.sandbox.refusals import refused

MEGABYTE = 1024 * 1024


def begin(s3, bucket, key="big"):
    return s3.create_multipart_upload(Bucket=bucket, Key=key, ContentType="video/mp4")["UploadId"]


def put(s3, bucket, upload, number, body, key="big"):
    etag = s3.upload_part(Bucket=bucket, Key=key, UploadId=upload, PartNumber=number, Body=body)["ETag"]
    return {"PartNumber": number, "ETag": etag}


def complete(s3, bucket, upload, parts, key="big"):
    return s3.complete_multipart_upload(Bucket=bucket, Key=key, UploadId=upload, MultipartUpload={"Parts": parts})


def test_parts_become_one_object_at_completion(s3, bucket):
    first, second = os.urandom(5 * MEGABYTE), os.urandom(1000)
    upload = begin(s3, bucket)
    late = put(s3, bucket, upload, 2, second)
    put(s3, bucket, upload, 1, b"replaced by the next line")
    early = put(s3, bucket, upload, 1, first)
    with refused("404"):
        s3.head_object(Bucket=bucket, Key="big")
    arrived = s3.list_parts(Bucket=bucket, Key="big", UploadId=upload)["Parts"]
    assert [row["Size"] for row in arrived] == [5 * MEGABYTE, 1000]
    assert [row["UploadId"] for row in s3.list_multipart_uploads(Bucket=bucket)["Uploads"]] == [upload]
    done = complete(s3, bucket, upload, [early, late])
    got = s3.get_object(Bucket=bucket, Key="big")
    assert (got["Body"].read(), got["ContentType"]) == (first + second, "video/mp4")
    assert done["ETag"] == got["ETag"]
    assert got["ETag"].endswith('-2"')
    with refused("NoSuchUpload"):
        complete(s3, bucket, upload, [early, late])


def test_wrong_lists_of_parts_are_refused(s3, bucket):
    upload = begin(s3, bucket)
    small, other = put(s3, bucket, upload, 1, b"small"), put(s3, bucket, upload, 2, b"other")
    with refused("InvalidPartOrder"):
        complete(s3, bucket, upload, [other, small])
    with refused("InvalidPart"):
        complete(s3, bucket, upload, [{"PartNumber": 1, "ETag": other["ETag"]}])
    with refused("InvalidPart"):
        complete(s3, bucket, upload, [small, {"PartNumber": 7, "ETag": other["ETag"]}])
    with refused("EntityTooSmall"):
        complete(s3, bucket, upload, [small, other])
    with refused("404"):
        s3.head_object(Bucket=bucket, Key="big")


def test_aborted_upload_is_gone(s3, bucket):
    upload = begin(s3, bucket)
    part = put(s3, bucket, upload, 1, b"1")
    s3.abort_multipart_upload(Bucket=bucket, Key="big", UploadId=upload)
    with refused("NoSuchUpload"):
        complete(s3, bucket, upload, [part])
    with refused("NoSuchUpload"):
        put(s3, bucket, upload, 2, b"2")
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)


def test_upload_belongs_to_its_key(s3, bucket):
    upload = begin(s3, bucket)
    with refused("NoSuchUpload"):
        put(s3, bucket, upload, 1, b"1", key="other")


def test_managed_transfer_and_copy(s3, bucket):
    body = os.urandom(12 * MEGABYTE)
    config = TransferConfig(multipart_threshold=5 * MEGABYTE, multipart_chunksize=5 * MEGABYTE, max_concurrency=3)
    s3.upload_fileobj(io.BytesIO(body), bucket, "managed", Config=config)
    s3.copy({"Bucket": bucket, "Key": "managed"}, bucket, "copied", Config=config)
    got = io.BytesIO()
    s3.download_fileobj(bucket, "copied", got, Config=config)
    assert got.getvalue() == body


def test_presigned_parts(sandbox, s3, bucket):
    upload = begin(s3, bucket)
    named = {"Bucket": bucket, "Key": "big", "UploadId": upload, "PartNumber": 1}
    address = s3.generate_presigned_url("upload_part", Params=named | {"ContentLength": 4})
    assert sandbox.call("PUT", address, b"12345")[0] == 403
    assert sandbox.call("PUT", address.replace("partNumber=1", "partNumber=2"), b"1234")[0] == 403
    status, headers, _ = sandbox.call("PUT", address, b"1234")
    assert status == 200
    complete(s3, bucket, upload, [{"PartNumber": 1, "ETag": headers["etag"]}])
    assert s3.get_object(Bucket=bucket, Key="big")["Body"].read() == b"1234"
