"""Secrets of sessions, tokens, invitations and links: random or derived, stored as hashes, bound to the company."""

import hashlib
import hmac
import secrets

from django.conf import settings

from core.context import current_company


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is stored instead of a random secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keyed(purpose: str, *parts: object) -> str:
    """A value that only this installation can compute, for one purpose in the open company's scope.

    The same parts in another company or for another purpose give another value.
    """
    return keyed_for(current_company().schema, purpose, *parts)


def keyed_for(schema: str, purpose: str, *parts: object) -> str:
    text = "\n".join([schema, purpose, *(str(part) for part in parts)])
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())
