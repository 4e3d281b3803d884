"""Columns with encrypted values, and their rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BinaryField, Model

from tenants.provisioning.segments import CORE, labels_of, own_tables

# Each run finds by itself what is left, so it remembers nothing and may be killed anywhere.
_NEXT = """
SELECT {key}, {column} FROM {table}
WHERE {column} IS NOT NULL AND substring({column} FROM 1 FOR %s) <> %s AND {key} > %s
ORDER BY {key} LIMIT %s FOR NO KEY UPDATE
"""
_WRITE = "UPDATE {table} SET {column} = %s WHERE {key} = %s"
_COUNT = "SELECT substring({column} FROM 1 FOR 2), count(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY 1"


@dataclass(frozen=True)
class Sealed:
    """A column with encrypted values: every binary column of a company is one."""

    model: type[Model]
    column: str

    @property
    def names(self) -> dict[str, str]:
        """Table, column and key, quoted."""
        quote = connection.ops.quote_name
        told = {"table": self.model._meta.db_table, "column": self.column, "key": self.model._meta.pk_fields[0].column}
        return {name: quote(str(text)) for name, text in told.items()}

    @property
    def place(self) -> dict[str, str]:
        """What `core.crypto.encrypt` is told of it."""
        return {"model": self.model._meta.label_lower, "field": self.column}


def sealed_columns(modules: list[str]) -> Iterator[Sealed]:
    """Encrypted columns of core and these modules."""
    for code in (CORE, *modules):
        for model in own_tables(labels_of(code)):
            for told in model._meta.local_concrete_fields:
                if isinstance(told, BinaryField):
                    yield Sealed(model, str(told.column))


def lock_some(column: Sealed, *, but: bytes, after: Any, limit: int) -> list[tuple[Any, bytes]]:
    """The next rows whose values do not begin with `but`, as (key, value). In the company's scope."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT.format(**column.names), [len(but), but, after, limit])
        return [(pk, bytes(stored)) for pk, stored in cursor.fetchall()]


def write(column: Sealed, pk: Any, stored: bytes) -> None:
    """Put a value into its row. In the company's scope."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE.format(**column.names), [stored, pk])


def heads_of(column: Sealed) -> list[tuple[bytes, int]]:
    """How the values begin, and how many begin so. In the company's scope."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(**column.names))
        return [(bytes(head), count) for head, count in cursor.fetchall()]
