"""Giving out card numbers."""

from django.db.models import F

from core.verb import verb

from .models import NumberCounter


@verb
def next_number(kind: str, prefix: str) -> str:
    """The next number of a kind, `З-15`; unique and without gaps, because the counter's row stays locked to the end."""
    return take_numbers(kind, prefix, 1)[0]


@verb
def take_numbers(kind: str, prefix: str, count: int) -> list[str]:
    """`count` consecutive numbers of a kind."""
    moved = NumberCounter.objects.filter(kind=kind).update(last=F("last") + count)
    if not moved:
        NumberCounter.objects.bulk_create([NumberCounter(kind=kind, prefix=prefix)], ignore_conflicts=True)
        NumberCounter.objects.filter(kind=kind).update(last=F("last") + count)
    counter = NumberCounter.objects.get(kind=kind)
    first = counter.last - count + 1
    return [f"{counter.prefix}{number}" for number in range(first, counter.last + 1)]
