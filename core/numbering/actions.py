"""Giving out card numbers."""

from core.verb import verb

from .queries import move_counter


@verb
def next_number(kind: str, prefix: str) -> str:
    """The next number of a kind, `З-15`; unique and without gaps, because the counter's row stays locked to the end.

    Whoever takes one makes the others wait, so take it last, right before the card is written.
    """
    return take_numbers(kind, prefix, 1)[0]


@verb
def take_numbers(kind: str, prefix: str, count: int) -> list[str]:
    """`count` consecutive numbers of a kind; `prefix` counts only when the kind has no counter yet."""
    if count < 1:
        raise ValueError(f"cannot take {count} numbers")
    kept, last = move_counter(kind, prefix, count)
    return [f"{kept}{number}" for number in range(last - count + 1, last + 1)]
