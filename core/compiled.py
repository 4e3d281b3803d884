"""Queries that Django writes once and PostgreSQL gets ever after, for the few that every request asks.

Putting a query together and turning it into SQL takes Django several times longer than PostgreSQL takes to answer it.
The text knows no schema, so one text serves all companies.
"""

from collections import namedtuple
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Expression, Field, Func, QuerySet


class Slot(Expression):
    """A place in a compiled query for a value that is given at each run, under its name."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


class Among(Func):
    """`filter(Among("pk", slot))`: the column is one of the list that the slot is given."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


class Written(Expression):
    """A piece of SQL that another query has compiled, to stand in many; it speaks of the outer table by its name."""

    def __init__(self, text: str, params: tuple[Any, ...], output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.text, self.params = text, params

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return self.text, self.params

    def get_group_by_cols(self) -> list[Any]:
        return [self]

    def get_db_converters(self, connection: Any) -> list[Any]:
        # The driver's own value is the wanted one: PostgreSQL's count is an int already.
        return []


class Compiled:
    """`build(*shape)` makes a `values_list` queryset with slots; `rows` runs it.

    `shape` is whatever changes the text (hashable, few values); a query is compiled once for each. Columns must come
    from the driver as they are wanted: those that Django converts in Python are refused.
    """

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        self._build = build
        self._known: dict[tuple[Any, ...], tuple[str, tuple[Any, ...], Any]] = {}

    def rows(self, *shape: Any, **values: Any) -> list[Any]:
        """Named tuples of the answer; `values` fill the slots."""
        text, params, make = self._known.get(shape) or self._compile(shape)
        given = [values[param.name] if isinstance(param, Slot) else param for param in params]
        with connection.cursor() as cursor:
            cursor.execute(text, given)
            return [make(row) for row in cursor.fetchall()]

    def _compile(self, shape: tuple[Any, ...]) -> tuple[str, tuple[Any, ...], Any]:
        query: Any = self._build(*shape)
        compiler = query.query.get_compiler(connection=connection)
        text, params = compiler.as_sql()
        if converted := compiler.get_converters([column for column, _, _ in compiler.select]):
            raise TypeError(f"columns {sorted(converted)} of {query.model.__name__} need Django's conversion")
        # The names come with the query; mypy knows only tuples whose names are written out.
        named: Any = namedtuple
        self._known[shape] = (text, tuple(params), named("Row", query._fields)._make)
        return self._known[shape]


def written(query: QuerySet, name: str) -> Written:
    """An annotation of a query as SQL to be used again over the same table."""
    expression = query.query.annotations[name]
    compiler = query.query.get_compiler(connection=connection)
    compiler.setup_query()
    text, params = compiler.compile(expression)
    return Written(text, tuple(params), expression.output_field)
