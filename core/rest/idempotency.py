"""A repeated request under the same Idempotency-Key gets the first one's answer and does nothing."""

import hashlib
import json
from typing import Any

from django.db import connection
from django.http import HttpResponse
from rest_framework.response import Response

from core.errors import Invalid, NotSignedIn

from .csrf import SAFE
from .encoding import encoded
from .models import IdempotentAnswer
from .queries import claim_key, keep_answer
from .request import Request

_KEY_LENGTH = 100


class Replayed(Exception):
    """Carries the remembered answer out of the request's preparation."""

    def __init__(self, response: Response) -> None:
        super().__init__("replayed")
        self.response = response


def claim(request: Request) -> None:
    """Take the signed-in caller's key, waiting for a twin in flight; raise Replayed when the twin has been answered."""
    key = request.META.get("HTTP_IDEMPOTENCY_KEY", "")
    request.idempotent = None
    if not key or request.method in SAFE:
        return
    if len(key) > _KEY_LENGTH:
        raise Invalid({"idempotency-key": f"Ключ длиннее {_KEY_LENGTH} знаков"})
    fingerprint = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode() + request.body).hexdigest()
    if request.actor is None:
        raise NotSignedIn()
    principal = request.actor.principal_id
    request.idempotent = claim_key(principal, key, fingerprint)
    if request.idempotent is not None:
        return
    known = IdempotentAnswer.objects.get(principal_id=principal, key=key)
    if known.request_hash != fingerprint:
        raise Invalid({"idempotency-key": "Под этим ключом уже отправлен другой запрос"})
    response = Response(known.body, status=known.status)
    for name, value in known.headers.items():
        response[name] = value
    raise Replayed(response)


def remember(request: Request, response: HttpResponse) -> None:
    """Keep a successful answer beside its effect; a refusal rolls both back."""
    row = getattr(request, "idempotent", None)
    if row is None or response.status_code >= 400 or connection.needs_rollback:
        return
    body: Any = getattr(response, "data", None)
    text = encoded(body).decode() if body is not None else None
    headers = {name: response[name] for name in ("ETag", "Location") if name in response}
    keep_answer(row, response.status_code, text, json.dumps(headers))
