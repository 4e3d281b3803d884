"""Another master key: every encrypted value is written anew under it, while people go on working."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import BinaryField, Model

from core.context import company_scope, control_scope
from core.crypto import Undecipherable, current_head, decrypt, encrypt, number_of
from core.failpoints import Failpoint

from .models import Company
from .provisioning.segments import CORE, labels_of, own_tables
from .snapshots import find

# Few rows to a transaction: whoever wants one of them waits some milliseconds.
BATCH = 200
BATCH_DONE = Failpoint("keys.batch")
_NOT_THERE = (Company.Status.PROVISIONING, Company.Status.GONE)
# Each run finds by itself what is left, so it remembers nothing and may be killed anywhere.
_NEXT = """
SELECT {key}, {column} FROM {table}
WHERE {column} IS NOT NULL AND substring({column} FROM 1 FOR %s) <> %s AND {key} > %s
ORDER BY {key} LIMIT %s FOR NO KEY UPDATE
"""
_WRITE = "UPDATE {table} SET {column} = %s WHERE {key} = %s"
_COUNT = "SELECT substring({column} FROM 1 FOR 2), count(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY 1"


@dataclass
class Rotation:
    """What a run did: values written anew, and places of those that no key of FIELD_KEY opens."""

    done: int = 0
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sealed:
    """A column with encrypted values: every binary column of a company is one."""

    model: type[Model]
    column: str

    @property
    def names(self) -> dict[str, str]:
        quote = connection.ops.quote_name
        told = {"table": self.model._meta.db_table, "column": self.column, "key": self.model._meta.pk_fields[0].column}
        return {name: quote(str(text)) for name, text in told.items()}

    @property
    def place(self) -> dict[str, str]:
        """What `encrypt` is told of it."""
        return {"model": self.model._meta.label_lower, "field": self.column}


def rotate(say: Callable[[str], None]) -> Rotation:
    """Write every value that is under another master key anew under the first of FIELD_KEY. May be repeated."""
    total = Rotation()
    for schema, slug, modules in _companies():
        before = total.done
        for column in sealed_columns(modules):
            _rotate_column(schema, column, total)
        if total.done > before:
            say(f"{slug}: {total.done - before}")
    return total


def standing() -> Counter[int]:
    """How many values stand under which master key; 0 stands for what is none of ours."""
    found: Counter[int] = Counter()
    for schema, _, modules in _companies():
        company = find(schema=schema)
        if company is None:
            continue
        for column in sealed_columns(modules):
            with company_scope(company), connection.cursor() as cursor:
                cursor.execute(_COUNT.format(**column.names))
                for head, count in cursor.fetchall():
                    found[_number(bytes(head))] += count
    return found


def sealed_columns(modules: list[str]) -> Iterator[Sealed]:
    """Encrypted columns of core and these modules."""
    for code in (CORE, *modules):
        for model in own_tables(labels_of(code)):
            for told in model._meta.local_concrete_fields:
                if isinstance(told, BinaryField):
                    yield Sealed(model, str(told.column))


def _companies() -> list[tuple[str, str, list[str]]]:
    with control_scope():
        rows = Company.objects.exclude(status__in=_NOT_THERE).order_by("pk")
        return list(rows.values_list("schema_name", "slug", "modules_installed"))


def _rotate_column(schema: str, column: Sealed, total: Rotation) -> None:
    last: Any = 0
    while True:
        company = find(schema=schema)
        if company is None:
            return
        with company_scope(company):
            last, count = _rotate_batch(column, last, schema, total)
        BATCH_DONE.reach()
        if count < BATCH:
            return


def _rotate_batch(column: Sealed, last: Any, schema: str, total: Rotation) -> tuple[Any, int]:
    head = current_head()
    with connection.cursor() as cursor:
        cursor.execute(_NEXT.format(**column.names), [len(head), head, last, BATCH])
        rows = cursor.fetchall()
        for pk, stored in rows:
            try:
                plain = decrypt(stored, pk=pk, **column.place)
            except Undecipherable:
                total.lost.append(f"{schema} {column.model._meta.label_lower}.{column.column} {pk}")
                continue
            cursor.execute(_WRITE.format(**column.names), [encrypt(plain, pk=pk, **column.place), pk])
            total.done += 1
    return (rows[-1][0] if rows else last), len(rows)


def _number(head: bytes) -> int:
    try:
        return number_of(head)
    except Undecipherable:
        return 0
