"""Saying a sealed fact anew, where the law demands it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from core.events.models import Fact

from .models import Restatement
from .rules import digest_of_restatement, hash_of, sign


@contextmanager
def restating(schema: str, facts: Collection[int]) -> Iterator[None]:
    """Whatever is changed within in these facts is signed as our own change, so that their seals go on holding.

    Within `owner_scope`: facts are append-only for everybody but the tables' owner.
    """
    former = _hashes(facts)
    yield
    changed = [(fact, former[fact], now) for fact, now in _hashes(facts).items() if former[fact] != now]
    Restatement.objects.using("owner").bulk_create(
        Restatement(fact_id=fact, former=was, now=now, signature=sign(digest_of_restatement(schema, fact, was, now)))
        for fact, was, now in changed
    )


def _hashes(facts: Collection[int]) -> dict[int, str]:
    return {fact.pk: hash_of(fact) for fact in Fact.objects.using("owner").filter(pk__in=facts)}
