"""The one statement that moves a counter."""

from django.db import connection

# One round trip: the row is made on the first card of a kind, and stays locked until the transaction ends.
_TAKE = """
INSERT INTO numbering_numbercounter AS counter (kind, prefix, last) VALUES (%s, %s, %s)
ON CONFLICT (kind) DO UPDATE SET last = counter.last + EXCLUDED.last RETURNING prefix, last
"""


def move_counter(kind: str, prefix: str, count: int) -> tuple[str, int]:
    """Take `count` numbers of a kind: (the kind's prefix, the last number taken)."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [kind, prefix, count])
        return cursor.fetchone()
