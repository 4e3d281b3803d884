"""Another master key: every encrypted value is written anew under it, while people go on working."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from core.context import company_scope, control_scope
from core.crypto import Undecipherable, current_head, decrypt, encrypt, number_of
from core.failpoints import Failpoint
from tenants.console.actions.operators import reseal_codes
from tenants.console.queries import heads_of_codes
from tenants.models import Company
from tenants.snapshots import find

from .queries import Sealed, heads_of, lock_some, sealed_columns, write

# Few rows to a transaction: whoever wants one of them waits some milliseconds.
BATCH = 200
BATCH_DONE = Failpoint("keys.batch")
_NOT_THERE = (Company.Status.PROVISIONING, Company.Status.GONE)


@dataclass
class Rotation:
    """What a run did: values written anew, and places of those that no key of FIELD_KEY opens."""

    done: int = 0
    lost: list[str] = field(default_factory=list)


def rotate(say: Callable[[str], None]) -> Rotation:
    """Write every value that is under another master key anew under the first of FIELD_KEY. May be repeated."""
    total = Rotation()
    for schema, slug, modules in _companies():
        before = total.done
        for column in sealed_columns(modules):
            _rotate_column(schema, column, total)
        if total.done > before:
            say(f"{slug}: {total.done - before}")
    with control_scope():
        total.done += reseal_codes(total.lost)
    return total


def standing() -> Counter[int]:
    """How many values stand under which master key; 0 stands for what is none of ours."""
    found: Counter[int] = Counter()
    for schema, _, modules in _companies():
        company = find(schema=schema)
        if company is None:
            continue
        for column in sealed_columns(modules):
            with company_scope(company):
                for head, count in heads_of(column):
                    found[_number(head)] += count
    with control_scope():
        found.update(map(_number, heads_of_codes()))
    return found


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
    rows = lock_some(column, but=current_head(), after=last, limit=BATCH)
    for pk, stored in rows:
        try:
            plain = decrypt(stored, pk=pk, **column.place)
        except Undecipherable:
            total.lost.append(f"{schema} {column.place['model']}.{column.column} {pk}")
            continue
        write(column, pk, encrypt(plain, pk=pk, **column.place))
        total.done += 1
    return (rows[-1][0] if rows else last), len(rows)


def _number(head: bytes) -> int:
    try:
        return number_of(head)
    except Undecipherable:
        return 0
