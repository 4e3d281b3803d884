"""The S3 client: one place that knows the endpoint and the keys."""

import threading
from typing import Any

import boto3
from botocore.config import Config
from django.conf import settings

_local = threading.local()


def client(*, public: bool = False) -> Any:
    """A boto3 client of this thread; `public` signs addresses for browsers."""
    name = "public" if public else "internal"
    held = getattr(_local, name, None)
    if held is None:
        held = _make(settings.S3_PUBLIC_URL if public else settings.S3_ENDPOINT_URL)
        setattr(_local, name, held)
    return held


def _make(endpoint: str) -> Any:
    config = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        connect_timeout=3,
        read_timeout=20,
        retries={"max_attempts": 3, "mode": "standard"},
    )
    return boto3.session.Session().client(
        "s3",
        endpoint_url=endpoint,
        region_name=settings.S3_REGION,
        aws_access_key_id=settings.S3_ACCESS_KEY,
        aws_secret_access_key=settings.S3_SECRET_KEY,
        config=config,
    )
