"""AWS Signature Version 4, in headers and in presigned addresses: the real algorithm, nothing trusted."""

import hashlib
import hmac
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from infra.sandbox.exchange import Request
from infra.sandbox.s3.credentials import ALGORITHM, STAMP, Credential, CredentialScope, Keyring
from infra.sandbox.s3.errors import S3Error

SKEW = timedelta(minutes=15)
LONGEST_LIFE = 7 * 24 * 3600
UNSIGNED = "UNSIGNED-PAYLOAD"
HEADER_FAULT = "AuthorizationHeaderMalformed"
QUERY_FAULT = "AuthorizationQueryParametersError"
QUERY_FIELDS = (
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
)
AUTHORIZATION = re.compile(rf"{ALGORITHM}\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([^,\s]+)")


@dataclass(frozen=True)
class Claim:
    """What a request says about its own signature, not yet believed."""

    scope: CredentialScope
    signed_at: datetime
    signed_headers: list[str]
    signature: str
    payload_hash: str
    malformed: str
    lives: timedelta | None = None


@dataclass(frozen=True)
class Authorized:
    """A believed request: whose it is and what its body must hash to."""

    credential: Credential
    payload_hash: str


def authorize(request: Request, keyring: Keyring, now: datetime) -> Authorized:
    """Believe a request or refuse it. Raises S3Error."""
    claim = _claim(request)
    credential = keyring.holder(claim.scope, claim.signed_at, claim.malformed)
    canonical = canonical_request(request, claim.signed_headers, claim.payload_hash)
    digest = hashlib.sha256(canonical.encode("utf-8", "surrogateescape")).hexdigest()
    text = "\n".join((ALGORITHM, claim.signed_at.strftime(STAMP), str(claim.scope), digest))
    expected = credential.signature(claim.scope.day, claim.scope.region, text)
    if not hmac.compare_digest(expected.encode(), claim.signature.encode("utf-8", "replace")):
        raise S3Error("SignatureDoesNotMatch", StringToSign=text, CanonicalRequest=_printable(canonical))
    _check_time(claim, now)
    _check_nothing_slipped_in(request, claim)
    return Authorized(credential, claim.payload_hash)


def canonical_request(request: Request, signed_headers: list[str], payload_hash: str) -> str:
    """The text a signature stands for; the path is encoded anew, so one spelling means one key."""
    pairs = [(_encode(name), _encode(value)) for name, value in request.query if name != "X-Amz-Signature"]
    query = "&".join(f"{name}={value}" for name, value in sorted(pairs))
    headers = "".join(f"{name}:{' '.join(request.headers.get(name, '').split())}\n" for name in signed_headers)
    path = quote(request.path, safe="/~")
    return "\n".join((request.method, path, query, headers, ";".join(signed_headers), payload_hash))


def read_stamp(text: str, malformed: str) -> datetime:
    """An ISO 8601 basic instant, `20261121T101500Z`. Raises S3Error."""
    try:
        return datetime.strptime(text, STAMP).replace(tzinfo=UTC)
    except ValueError as error:
        raise S3Error(malformed, "X-Amz-Date must be in the ISO8601 Long Format yyyyMMdd'T'HHmmss'Z'") from error


def _claim(request: Request) -> Claim:
    names = Counter(name for name, _ in request.query)
    in_header, in_query = "authorization" in request.headers, any(name in names for name in QUERY_FIELDS)
    if in_header and in_query:
        raise S3Error("InvalidArgument", "Only one auth mechanism allowed; use the query or the Authorization header.")
    if "x-amz-security-token" in request.headers or "X-Amz-Security-Token" in names:
        raise S3Error("InvalidToken")
    if in_header:
        return _claim_of_header(request)
    if in_query:
        return _claim_of_query(request, names)
    if "Signature" in names:
        raise S3Error("InvalidRequest", f"The authorization mechanism is not supported. Please use {ALGORITHM}.")
    raise S3Error("AccessDenied")


def _claim_of_header(request: Request) -> Claim:
    value = request.headers["authorization"]
    if not value.startswith(ALGORITHM):
        raise S3Error("InvalidRequest", f"The authorization mechanism is not supported. Please use {ALGORITHM}.")
    match = AUTHORIZATION.fullmatch(value)
    if match is None:
        raise S3Error(HEADER_FAULT)
    payload_hash = request.headers.get("x-amz-content-sha256")
    if payload_hash is None:
        raise S3Error("InvalidRequest", "Missing required header for this request: x-amz-content-sha256")
    return Claim(
        scope=CredentialScope.parse(match[1], HEADER_FAULT),
        signed_at=_instant_of(request),
        signed_headers=_header_names(match[2], HEADER_FAULT),
        signature=match[3],
        payload_hash=payload_hash,
        malformed=HEADER_FAULT,
    )


def _instant_of(request: Request) -> datetime:
    stamp = request.headers.get("x-amz-date")
    if stamp is None:
        raise S3Error("AccessDenied", "AWS authentication requires a valid x-amz-date header")
    return read_stamp(stamp, "AccessDenied")


def _claim_of_query(request: Request, names: Counter[str]) -> Claim:
    if any(names[name] != 1 for name in QUERY_FIELDS):
        raise S3Error(QUERY_FAULT, f"The query must have exactly one of each: {', '.join(QUERY_FIELDS)}")
    fields = dict(request.query)
    if fields["X-Amz-Algorithm"] != ALGORITHM:
        raise S3Error(QUERY_FAULT, f'X-Amz-Algorithm only supports "{ALGORITHM}"')
    signed_headers = _header_names(fields["X-Amz-SignedHeaders"], QUERY_FAULT)
    body_is_signed = "x-amz-content-sha256" in signed_headers
    return Claim(
        scope=CredentialScope.parse(fields["X-Amz-Credential"], QUERY_FAULT),
        signed_at=read_stamp(fields["X-Amz-Date"], QUERY_FAULT),
        signed_headers=signed_headers,
        signature=fields["X-Amz-Signature"],
        payload_hash=request.headers.get("x-amz-content-sha256", "") if body_is_signed else UNSIGNED,
        malformed=QUERY_FAULT,
        lives=_life(fields["X-Amz-Expires"]),
    )


def _life(text: str) -> timedelta:
    if not text.isascii() or not text.isdigit():
        raise S3Error(QUERY_FAULT, "X-Amz-Expires should be a number")
    if len(text) > 9 or not 1 <= int(text) <= LONGEST_LIFE:
        raise S3Error(QUERY_FAULT, "X-Amz-Expires must be less than a week (in seconds) that is 604800, and positive")
    return timedelta(seconds=int(text))


def _header_names(text: str, malformed: str) -> list[str]:
    names = text.split(";")
    if names != sorted(set(names)) or text != text.lower():
        raise S3Error(malformed, "SignedHeaders must be lower-case, sorted and without repetition.")
    if "host" not in names:
        raise S3Error(malformed, "'host' must be a SignedHeader in the AWS Authorization")
    return names


def _check_time(claim: Claim, now: datetime) -> None:
    if claim.lives is None:
        if abs(now - claim.signed_at) > SKEW:
            times = {"RequestTime": claim.signed_at.strftime(STAMP), "ServerTime": now.strftime(STAMP)}
            raise S3Error("RequestTimeTooSkewed", **times)
        return
    if claim.signed_at - now > SKEW:
        raise S3Error("AccessDenied", "Request is not yet valid")
    expires = claim.signed_at + claim.lives
    if now > expires:
        raise S3Error("AccessDenied", "Request has expired", Expires=expires.isoformat(), ServerTime=now.isoformat())


def _check_nothing_slipped_in(request: Request, claim: Claim) -> None:
    """A header that changes the meaning of a request must be signed, or anybody on the way could add it."""
    loose = [name for name in request.headers if name.startswith("x-amz-") and name not in claim.signed_headers]
    if loose:
        message = "There were headers present in the request which were not signed"
        raise S3Error("AccessDenied", message, HeadersNotSigned=", ".join(loose))


def _encode(text: str) -> str:
    return quote(text, safe="-_.~")


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
