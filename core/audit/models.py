"""Seals over the history: what stood in it when they were set cannot be changed without breaking them."""

from django.db import models
from django.utils import timezone


class Seal(models.Model):
    """One batch of facts, in the order of their ids. Append-only, like the facts.

    `lines` are [fact, card or null, hash]: a card that is deleted for good takes its facts along, and the rest must
    still be provable. `digest` covers them and the digest of the seal before; `signature` is Ed25519 over it by the key
    whose public half begins with `key`.
    """

    number = models.BigIntegerField(primary_key=True)
    first_fact = models.BigIntegerField()
    last_fact = models.BigIntegerField()
    lines = models.JSONField()
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    key = models.CharField(max_length=16)
    at = models.DateTimeField(default=timezone.now)

    APPEND_ONLY = True


class Restatement(models.Model):
    """A sealed fact that the product itself has said anew, as the law on personal data asks. Append-only.

    `former` and `now` are its hashes before and after, `signature` is Ed25519 over both by the seals' key: without the
    key nobody passes his own change off as this.
    """

    fact_id = models.BigIntegerField(db_index=True)
    former = models.CharField(max_length=32)
    now = models.CharField(max_length=32)
    signature = models.CharField(max_length=128)
    at = models.DateTimeField(default=timezone.now)

    APPEND_ONLY = True
