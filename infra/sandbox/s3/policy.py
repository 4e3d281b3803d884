"""The signed policy of a form upload: every field must be foreseen by a condition."""

import base64
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from infra.sandbox.s3.credentials import ALGORITHM, Credential, CredentialScope, Keyring
from infra.sandbox.s3.errors import S3Error
from infra.sandbox.s3.payload import LARGEST
from infra.sandbox.s3.signature import read_stamp

# Fields that carry or surround the signature, hence need no condition of their own.
EXEMPT = {"policy", "x-amz-signature", "file"}


@dataclass(frozen=True)
class Policy:
    """A policy whose signature and expiry are checked; `least` and `most` bound the file in bytes."""

    credential: Credential
    conditions: list[tuple[str, str, str]]
    least: int
    most: int
    own_fields = frozenset({"policy", "x-amz-signature", "x-amz-credential", "x-amz-algorithm", "x-amz-date"})

    @classmethod
    def signed(cls, fields: dict[str, str], keyring: Keyring, now: datetime) -> "Policy":
        """Believe the policy of a form or refuse it. Raises S3Error."""
        if "x-amz-security-token" in fields:
            raise S3Error("InvalidToken")
        missing = sorted((cls.own_fields - {"x-amz-algorithm"}) - fields.keys())
        if missing or fields.get("x-amz-algorithm") != ALGORITHM:
            raise S3Error("AccessDenied" if "policy" in missing else "InvalidArgument")
        fault = "AuthorizationQueryParametersError"
        scope = CredentialScope.parse(fields["x-amz-credential"], fault)
        credential = keyring.holder(scope, read_stamp(fields["x-amz-date"], fault), fault)
        expected = credential.signature(scope.day, scope.region, fields["policy"])
        if not hmac.compare_digest(expected.encode(), fields["x-amz-signature"].encode("utf-8", "replace")):
            raise S3Error("SignatureDoesNotMatch", StringToSign=fields["policy"])
        return cls._read(fields["policy"], credential, now)

    @classmethod
    def _read(cls, encoded: str, credential: Credential, now: datetime) -> "Policy":
        try:
            policy = json.loads(base64.b64decode(encoded, validate=True))
            expires = datetime.fromisoformat(policy["expiration"])
            conditions = [_normal(condition) for condition in policy["conditions"]]
        except (ValueError, KeyError, TypeError) as error:
            raise S3Error("InvalidPolicyDocument", "Invalid Policy: Invalid JSON.") from error
        if now > (expires if expires.tzinfo else expires.replace(tzinfo=UTC)):
            raise S3Error("AccessDenied", "Invalid according to Policy: Policy expired.")
        sizes = [condition for condition in conditions if condition[0] == "content-length-range"]
        least = max((int(low) for _, low, _ in sizes), default=0)
        most = min((int(high) for _, _, high in sizes), default=LARGEST)
        return cls(credential, [condition for condition in conditions if condition not in sizes], least, most)

    def must_allow(self, fields: dict[str, str], bucket: str) -> None:
        """Refuse a form with a field the policy forbids or does not foresee. Raises S3Error."""
        told = {**fields, "bucket": bucket}
        for kind, name, wanted in self.conditions:
            value = told.get(name, "")
            if not (value == wanted if kind == "eq" else value.startswith(wanted)):
                raise _denied(f'Policy Condition failed: ["{kind}", "${name}", "{wanted}"]')
        foreseen = {name for _, name, _ in self.conditions}
        for name in told.keys() - foreseen - EXEMPT:
            if not name.startswith("x-ignore-") and name != "bucket":
                raise _denied(f"Extra input fields: {name}")


def _normal(condition: object) -> tuple[str, str, str]:
    """A condition as (kind, field, value); for the size as (kind, least, most). Raises ValueError."""
    if isinstance(condition, dict) and len(condition) == 1:
        [(name, value)] = condition.items()
        return "eq", str(name).lower(), str(value)
    if not isinstance(condition, list) or len(condition) != 3:
        raise ValueError(condition)
    kind = str(condition[0]).lower()
    if kind == "content-length-range":
        return kind, str(int(condition[1])), str(int(condition[2]))
    if kind not in ("eq", "starts-with") or not str(condition[1]).startswith("$"):
        raise ValueError(condition)
    return kind, condition[1][1:].lower(), str(condition[2])


def _denied(why: str) -> S3Error:
    return S3Error("AccessDenied", f"Invalid according to Policy: {why}")
