"""Tables of a company as an archive holds them: which, by which columns, and what is changed on the way."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model

from core.discovery import company_apps
from core.portable import Emptied, Portable
from tenants.provisioning.segments import CORE, labels_of

from .rules import COPY

_COLUMNS = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r' AND a.attgenerated = ''
GROUP BY c.relname
"""
# Of text that is one column in CSV without quotes: JSON holds no raw control characters.
PLAIN = r"(FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01')"


@dataclass(frozen=True)
class Sheet:
    """One table: its name, its key's columns, what leaves changed, which columns hold keys of the store.

    `carried` is the key of the object that leaves with a row, in SQL; empty when none does.
    """

    table: str
    key: tuple[str, ...]
    emptied: dict[str, Emptied]
    objects: tuple[str, ...]
    carried: str

    def select(self, columns: Collection[str], flavour: str) -> str:
        """Rows as JSON, oldest first; `{prefix}` takes the company's prefix in the store as a literal."""
        quote = connections["default"].ops.quote_name
        told = ", ".join(f"{self._value(column, flavour)} AS {quote(column)}" for column in columns)
        order = ", ".join(map(quote, self.key))
        return f"SELECT row_to_json(r) FROM (SELECT {told} FROM {quote(self.table)} ORDER BY {order}) r"

    def insert(self, columns: Collection[str]) -> str:
        """Takes rows as one JSON array and the company's prefix for each column of `objects`.

        One array and not a text for each row: PostgreSQL sets up its reading once for all of them.
        """
        quote = connections["default"].ops.quote_name
        told = ", ".join(map(quote, columns))
        table = quote(self.table)
        values = ", ".join(self._arrived(column) for column in columns)
        source = f"json_populate_recordset(NULL::{table}, %(rows)s::json)"
        return f"INSERT INTO {table} ({told}) SELECT {values} FROM {source} r"

    def _value(self, column: str, flavour: str) -> str:
        emptied = self.emptied.get(column)
        if emptied and (emptied.always or flavour != COPY):
            return f"({emptied.value})"
        quoted = connections["default"].ops.quote_name(column)
        if column in self.objects:
            bare = f"substr({quoted}, length({{prefix}}) + 1)"
            return f"CASE WHEN starts_with({quoted}, {{prefix}}) THEN {bare} ELSE '' END"
        return quoted

    def _arrived(self, column: str) -> str:
        quoted = f"r.{connections['default'].ops.quote_name(column)}"
        if column in self.objects:
            return f"CASE WHEN {quoted} = '' THEN '' ELSE %(prefix)s || {quoted} END"
        return quoted


@cache
def declared() -> tuple[Portable, ...]:
    """What all apps of the house say of their tables."""
    apps_that_tell = (app for app in company_apps() if find_spec(f"{app}.portable"))
    return tuple(import_module(f"{app}.portable").PORTABLE for app in apps_that_tell)


def sheets(modules: Collection[str], flavour: str) -> list[Sheet]:
    """Tables of core and these modules that go into an archive of this flavour, by name."""
    present = set(_models([CORE, *modules]))
    staying = {model for one in declared() for model in one.left_out} if flavour != COPY else set()
    return sorted((_sheet(model) for model in present - staying), key=lambda sheet: sheet.table)


def standing_columns() -> dict[str, Mapping[str, str]]:
    """{table that no return of a company empties: columns that its later rows get anew, in SQL}."""
    return {model._meta.db_table: anew for one in declared() for model, anew in one.standing.items()}


def all_tables(modules: Collection[str]) -> list[str]:
    """Names of all tables of core and these modules."""
    return sorted(model._meta.db_table for model in _models([CORE, *modules]))


def columns_of(connection: Any, schema: str) -> dict[str, list[str]]:
    """{table: columns that may be written} of a schema."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [schema])
        return dict(cursor.fetchall())


def _models(codes: Collection[str]) -> Iterator[type[Model]]:
    for code in codes:
        for label in labels_of(code):
            for model in apps.get_app_config(label).get_models(include_auto_created=True):
                if model._meta.managed and not model._meta.proxy:
                    yield model


def _sheet(model: type[Model]) -> Sheet:
    emptied = {name: how for one in declared() for name, how in one.emptied.get(model, {}).items()}
    objects = tuple(name for one in declared() for name in one.objects.get(model, ()))
    carried = next((one.carried[model] for one in declared() if model in one.carried), "")
    key = tuple(str(field.column) for field in model._meta.pk_fields)
    return Sheet(model._meta.db_table, key, emptied, objects, carried)
