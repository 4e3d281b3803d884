"""The door of the store: trouble on demand, then the signature, then the one operation asked for."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from infra.sandbox.exchange import ClientGone, Request, Response, Undecodable
from infra.sandbox.faults import Faults
from infra.sandbox.s3 import buckets, objects, uploads
from infra.sandbox.s3.credentials import Keyring
from infra.sandbox.s3.errors import S3Error, refusal
from infra.sandbox.s3.form import post_object
from infra.sandbox.s3.signature import authorize
from infra.sandbox.s3.store import Call, Store, must_be_key, must_understand

MOUNT = "/s3"
Operation = Callable[[Call], Awaitable[Response]]

# (what the path names, method, subresources in the query) → operation.
OPERATIONS: dict[tuple[str, str, str], Operation] = {
    ("service", "GET", ""): buckets.list_buckets,
    ("bucket", "PUT", ""): buckets.create_bucket,
    ("bucket", "HEAD", ""): buckets.head_bucket,
    ("bucket", "DELETE", ""): buckets.delete_bucket,
    ("bucket", "GET", "location"): buckets.location,
    ("bucket", "GET", "versioning"): buckets.versioning,
    ("bucket", "PUT", "versioning"): buckets.versioning,
    ("bucket", "GET", "list-type"): buckets.list_objects,
    ("bucket", "GET", "uploads"): uploads.list_uploads,
    ("bucket", "POST", "delete"): buckets.delete_many,
    ("object", "PUT", ""): objects.put_object,
    ("object", "GET", ""): objects.get_object,
    ("object", "HEAD", ""): objects.head_object,
    ("object", "DELETE", ""): objects.delete_object,
    ("object", "POST", "uploads"): uploads.begin,
    ("object", "PUT", "partNumber&uploadId"): uploads.put_part,
    ("object", "POST", "uploadId"): uploads.complete,
    ("object", "DELETE", "uploadId"): uploads.abort,
    ("object", "GET", "uploadId"): uploads.list_parts,
}
# Query parameters that choose an operation; any of them outside the table is refused, never overlooked.
SUBRESOURCES = {
    "accelerate", "acl", "analytics", "attributes", "cors", "delete", "encryption", "intelligent-tiering", "inventory",
    "legal-hold", "lifecycle", "list-type", "location", "logging", "metrics", "notification", "object-lock",
    "ownershipControls", "partNumber", "policy", "policyStatus", "publicAccessBlock", "replication", "requestPayment",
    "restore", "retention", "select", "tagging", "torrent", "uploadId", "uploads", "versioning", "versions", "website",
}  # fmt: skip


@dataclass(frozen=True)
class S3Server:
    """The store behind its door; `base_domain` names the pages whose scripts may call it."""

    store: Store
    keyring: Keyring
    faults: Faults
    base_domain: str

    async def __call__(self, request: Request) -> Response:
        """Answer one request. Raises ClientGone when there is nobody to answer."""
        if request.method == "OPTIONS":
            return self._preflight(request)
        try:
            response = await self._answer(request)
        except S3Error as error:
            response = refusal(error, request.raw_path.removeprefix(MOUNT))
        except FileNotFoundError:
            # A writer replaced the copied object between its look-up and its reading; the client comes again.
            response = refusal(S3Error("SlowDown"), request.raw_path)
        except Undecodable:
            response = refusal(S3Error("InvalidURI"), request.raw_path)
        response.headers |= self._cors(request)
        if request.method == "HEAD":
            response.body = b""
        return response

    async def _answer(self, request: Request) -> Response:
        mode = await self.faults.strike("s3")
        if mode == "fail":
            raise S3Error("InternalError")
        if mode == "throttle":
            raise S3Error("SlowDown")
        if mode == "cut":
            async for _ in request.chunks():
                break
            raise ClientGone
        response = await self._operate(request)
        if mode == "lost":
            raise ClientGone
        return response

    async def _operate(self, request: Request) -> Response:
        now = datetime.now(UTC)
        bucket, _, key = request.path.removeprefix(MOUNT).removeprefix("/").partition("/")
        if _is_form(request) and bucket and not key:
            return await post_object(request, self.store, self.keyring, bucket, now)
        authorized = authorize(request, self.keyring, now)
        must_understand(request.headers)
        if key:
            must_be_key(key)
            authorized.credential.must_cover(key)
        query = dict(request.query)
        if query.get("versionId", "null") != "null":
            raise S3Error("InvalidArgument", "Invalid version id specified")
        operation = _operation(request.method, bucket, key, query)
        return await operation(
            Call(self.store, request, authorized.credential, authorized.payload_hash, bucket, key, query)
        )

    def _preflight(self, request: Request) -> Response:
        cors = self._cors(request)
        if not cors or "access-control-request-method" not in request.headers:
            return refusal(S3Error("AccessForbidden"), request.raw_path)
        cors["access-control-allow-methods"] = "GET, HEAD, PUT, POST, DELETE"
        cors["access-control-allow-headers"] = request.headers.get("access-control-request-headers", "")
        cors["access-control-max-age"] = "3000"
        return Response(headers=cors)

    def _cors(self, request: Request) -> dict[str, str]:
        """What lets a script of the product's own pages read the answer."""
        origin = request.headers.get("origin", "")
        allowed = rf"https?://([a-z0-9-]+\.)*{re.escape(self.base_domain)}(:\d+)?"
        if not re.fullmatch(allowed, origin):
            return {}
        return {
            "access-control-allow-origin": origin,
            "access-control-expose-headers": "ETag, x-amz-request-id",
            "vary": "Origin",
        }


def _is_form(request: Request) -> bool:
    kind = request.headers.get("content-type", "").lower()
    return request.method == "POST" and kind.startswith("multipart/form-data")


def _operation(method: str, bucket: str, key: str, query: dict[str, str]) -> Operation:
    level = "object" if key else "bucket" if bucket else "service"
    asked = "&".join(sorted(SUBRESOURCES & query.keys()))
    operation = OPERATIONS.get((level, method, asked))
    if operation is None:
        code = "NotImplemented" if asked or method == "GET" else "MethodNotAllowed"
        raise S3Error(code, Method=method, ResourceType=level, Subresource=asked)
    return operation
