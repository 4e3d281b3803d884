"""Reading refusals of the store."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from botocore.exceptions import ClientError


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The block must be refused with exactly this S3 code."""
    with pytest.raises(ClientError) as caught:
        yield
    assert caught.value.response["Error"]["Code"] == code, caught.value.response


def code_of(body: bytes) -> str:
    """The code of an XML refusal."""
    match = re.search(rb"<Code>(\w+)</Code>", body)
    assert match, body
    return match[1].decode()
