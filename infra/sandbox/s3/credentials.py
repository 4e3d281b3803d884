"""Who may ask the store, and for which keys."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from infra.sandbox.s3.errors import S3Error

ALGORITHM = "AWS4-HMAC-SHA256"
STAMP = "%Y%m%dT%H%M%SZ"


class CredentialsMissing(Exception):
    """The environment names no usable credential; the text is a Russian sentence."""


@dataclass(frozen=True)
class Credential:
    """An access key with its secret; a `prefix` such as `t/` limits it to keys that start so."""

    access_key: str
    secret_key: str = field(repr=False)
    prefix: str = ""

    def must_cover(self, key: str) -> None:
        """Refuse a key, or a prefix to list, outside the allowed one. Raises S3Error."""
        if not key.startswith(self.prefix):
            raise S3Error("AccessDenied")

    def must_own_bucket(self) -> None:
        """Refuse a limited credential what concerns the whole bucket. Raises S3Error."""
        if self.prefix:
            raise S3Error("AccessDenied")

    def signature(self, day: str, region: str, text: str) -> str:
        """Hexadecimal SigV4 signature of a prepared text; `day` is YYYYMMDD."""
        key = f"AWS4{self.secret_key}".encode()
        for step in (day, region, "s3", "aws4_request"):
            key = hmac.new(key, step.encode(), hashlib.sha256).digest()
        return hmac.new(key, text.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class CredentialScope:
    """`<access key>/<YYYYMMDD>/<region>/s3/aws4_request` as a request names it."""

    access_key: str
    day: str
    region: str
    service: str
    terminator: str

    @classmethod
    def parse(cls, text: str, malformed: str) -> "CredentialScope":
        """Read a scope; `malformed` is the code of the refusal. Raises S3Error."""
        parts = text.rsplit("/", 4)
        if len(parts) != 5 or not all(parts):
            raise S3Error(malformed, "The Credential must be <key>/YYYYMMDD/REGION/SERVICE/aws4_request.")
        return cls(*parts)

    def __str__(self) -> str:
        return f"{self.day}/{self.region}/{self.service}/{self.terminator}"


class Keyring:
    """All credentials of one store and the region it answers for."""

    def __init__(self, credentials: Iterable[Credential], region: str) -> None:
        self._known = {credential.access_key: credential for credential in credentials}
        self.region = region

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Keyring":
        """Read SANDBOX_S3_ACCESS_KEY, …_SECRET_KEY, …_REGION and …_CREDENTIALS. Raises CredentialsMissing.

        SANDBOX_S3_CREDENTIALS is a JSON list of further {access_key, secret_key, prefix}.
        """
        access_key = environment.get("SANDBOX_S3_ACCESS_KEY", "")
        secret_key = environment.get("SANDBOX_S3_SECRET_KEY", "")
        if not access_key or not secret_key:
            raise CredentialsMissing("Задайте SANDBOX_S3_ACCESS_KEY и SANDBOX_S3_SECRET_KEY.")
        try:
            further = [Credential(**entry) for entry in json.loads(environment.get("SANDBOX_S3_CREDENTIALS") or "[]")]
        except (ValueError, TypeError) as error:
            raise CredentialsMissing(
                "SANDBOX_S3_CREDENTIALS: нужен список JSON из {access_key, secret_key, prefix}."
            ) from error
        region = environment.get("SANDBOX_S3_REGION") or "us-east-1"
        return cls([Credential(access_key, secret_key), *further], region)

    def holder(self, scope: CredentialScope, signed_at: datetime, malformed: str) -> Credential:
        """The credential a scope names, when the scope is for this store and day. Raises S3Error."""
        if scope.region != self.region:
            message = f"The authorization is malformed; the region '{scope.region}' is wrong; expecting '{self.region}'"
            raise S3Error(malformed, message, Region=self.region)
        if scope.service != "s3" or scope.terminator != "aws4_request":
            raise S3Error(malformed, "The authorization is malformed; expecting service 's3' and 'aws4_request'.")
        if scope.day != signed_at.strftime("%Y%m%d"):
            raise S3Error(malformed, "Invalid credential date: it differs from the date of the request.")
        credential = self._known.get(scope.access_key)
        if credential is None:
            raise S3Error("InvalidAccessKeyId", AWSAccessKeyId=scope.access_key)
        return credential
