"""The same list in other shapes: a board, a calendar, a diagram of time. Who sees what, is the list's matter."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db.models import Exists, Q, QuerySet
from django.utils.dateparse import parse_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from core.access.limits import found_by
from core.context import current_company
from core.errors import Forbidden, Invalid
from core.organization.rest.serializers import PersonOut

from .boards import OWN, Board, Laid, Moves, lay_out, with_moves
from .cards import CardViewSet
from .filters import Grammar
from .pages import page_of
from .queries import firsts_of_spans

MOST_DAYS, MOST_DAYS_OF_TIMELINE = 62, 400
# Cards of one day that a calendar tells, and how far it counts the others.
CARDS_OF_DAY, COUNTED_OF_DAY = 12, 1_000
BARS = 100
_WINDOW = frozenset({"from", "to"})
_WRONG_DAY = "Ожидается день, например 2026-11-21"

BOARD_PARAMETERS = [
    OpenApiParameter("column", OpenApiTypes.STR, description="only this column; with `cursor` its further cards"),
    OpenApiParameter("columns_cursor", OpenApiTypes.STR, description="the columns after those of a board"),
]
WINDOW_PARAMETERS = [
    OpenApiParameter("from", OpenApiTypes.DATE, required=True, description="the first day, in the company's zone"),
    OpenApiParameter("to", OpenApiTypes.DATE, required=True, description="the last day"),
]


class MoveOut(serializers.Serializer):
    """A way of a card into another column."""

    to = serializers.CharField(help_text="the column; empty: any column that sets something", allow_blank=True)
    do = serializers.CharField(help_text="the deed; empty: a PATCH of what the column sets", allow_blank=True)
    title = serializers.CharField(allow_blank=True)
    needs_text = serializers.BooleanField()
    path = serializers.CharField(allow_blank=True, help_text="a door below the card that takes the move as a POST")
    sends = serializers.DictField(help_text="body of that POST")


class BoardColumnOut(serializers.Serializer):
    """A column with its first cards; `next` reads on with `column` and `cursor`."""

    value = serializers.CharField()
    title = serializers.CharField()
    person = PersonOut(allow_null=True)
    sets = serializers.DictField(allow_null=True, help_text="body of the PATCH that moves a card here")
    count = serializers.IntegerField(help_text="up to 10,000")
    next = serializers.CharField(allow_null=True)


class DayOut(serializers.Serializer):
    """A day of a calendar with its first cards."""

    day = serializers.DateField()
    count = serializers.IntegerField(help_text="up to 1,000")


def board_out(name: str, row: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The shape of a board of such rows."""
    card = type(f"{name}BoardCardOut", (row,), {"moves": MoveOut(many=True), "__doc__": "A card of a board."})
    results = {"results": card(many=True), "__doc__": BoardColumnOut.__doc__}
    column = type(f"{name}BoardColumnOut", (BoardColumnOut,), results)
    shape = {
        "columns": column(many=True),
        "next": serializers.CharField(allow_null=True, help_text="cursor of further columns"),
        "__doc__": "A list laid out in columns.",
    }
    return type(f"{name}BoardOut", (serializers.Serializer,), shape)


def calendar_out(name: str, row: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The shape of a calendar of such rows."""
    card = type(f"{name}DayCardOut", (row,), {"moves": MoveOut(many=True), "__doc__": "A card of a day."})
    day = type(f"{name}DayOut", (DayOut,), {"results": card(many=True), "__doc__": DayOut.__doc__})
    shape = {"days": day(many=True), "__doc__": "Every day of the window, the empty ones too."}
    return type(f"{name}CalendarOut", (serializers.Serializer,), shape)


def timeline_out(name: str, row: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The shape of a diagram of such rows."""
    bar = {"begins_at": serializers.DateTimeField(), "__doc__": "A card as a bar from `begins_at` to `due_at`."}
    arrow = serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2)
    shape = {
        "results": type(f"{name}BarOut", (row,), bar)(many=True),
        "next": serializers.CharField(allow_null=True),
        "arrows": serializers.ListField(child=arrow, help_text="pairs of ids: the first waits for the second"),
        "__doc__": "A page of bars by their ends, and what depends on what among them.",
    }
    return type(f"{name}TimelineOut", (serializers.Serializer,), shape)


class Displayed(CardViewSet):
    """A kind whose list has other shapes. Subclasses declare `boards` and write `listed`, `read` and `rows_out`; the
    operations themselves they name, so that each says what it answers with."""

    boards: ClassVar[Mapping[str, Board]] = {}

    def read(self, rows: QuerySet) -> QuerySet:
        """The same rows with all that `rows_out` needs."""
        return rows

    def rows_out(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """JSON of the rows."""
        raise NotImplementedError

    def arrows(self, ids: Sequence[int]) -> list[tuple[int, int]]:
        """Pairs of these cards of which the first waits for the second."""
        return []

    def board_answer(self) -> dict[str, Any]:
        """JSON of the board that the request names."""
        params = self.request.query_params
        board = self.seen(self.boards).get(params.get("by", ""))
        if board is None:
            raise Invalid({"by": f"Ожидается одно из: {', '.join(self.seen(self.boards))}"})
        told = {name: params[name] for name in params}
        grammar, plain = self._narrowing(told, OWN)
        laid = Laid(
            rows=grammar.narrow(self.listed(params), plain),
            counted=grammar.narrow(self.listed(params, Exists), plain),
            grammar=grammar,
            params=told,
            read=self.read,
            shown=self.rows_out,
        )
        return lay_out(board, laid, self.actor, self.kind)

    def calendar_answer(self, moves: Moves) -> dict[str, Any]:
        """JSON of the days of the window by `due_at`; four statements besides those of the list's filters."""
        self._must_see_dates()
        days = self._window(MOST_DAYS)
        grammar, plain = self._narrowing(self.request.query_params, _WINDOW)
        found = firsts_of_spans(
            grammar.narrow(self.listed(self.request.query_params), plain),
            "due_at",
            edges_of(days),
            first=CARDS_OF_DAY,
            most=COUNTED_OF_DAY,
        )
        ids = [pk for _, held in found for pk in held]
        rows = {row.pk: row for row in self._rows_of(ids)}
        ordered = [rows[pk] for pk in ids]
        cards = iter(with_moves(self.rows_out(ordered), moves(self.actor, self.kind, ordered)))
        return {
            "days": [
                {"day": day, "count": count, "results": [next(cards) for _ in held]}
                for day, (count, held) in zip(days, found, strict=True)
            ]
        }

    def timeline_answer(self) -> dict[str, Any]:
        """JSON of a page of bars that meet the window, by their ends."""
        self._must_see_dates()
        days = self._window(MOST_DAYS_OF_TIMELINE)
        since, *_, until = edges_of(days)
        grammar, plain = self._narrowing(self.request.query_params, _WINDOW)
        # What was written down after its day is a bar of that day.
        begun = Q(starts_at__lt=until) | Q(starts_at__isnull=True, created_at__lt=until) | Q(due_at__lt=until)
        rows = grammar.narrow(self.listed(self.request.query_params), plain).filter(begun, due_at__gte=since)
        paged = {"ordering": "due_at", "limit": self.request.query_params.get("limit", str(BARS))}
        if cursor := self.request.query_params.get("cursor"):
            paged["cursor"] = cursor
        page = page_of(self.read(rows), paged, grammar)
        ids = [row.pk for row in page.rows]
        begins = dict(rows.model.objects.filter(pk__in=ids, starts_at__isnull=False).values_list("pk", "starts_at"))
        shown = [card | {"begins_at": begins.get(card["id"], card["created_at"])} for card in self.rows_out(page.rows)]
        return {"results": shown, "next": page.next, "arrows": self.arrows(ids) if ids else []}

    def _rows_of(self, ids: Sequence[int]) -> QuerySet:
        rows = self.kind.model.objects.filter(pk__in=ids)
        return self.read(rows) if ids else rows.none()

    def _narrowing(self, params: Mapping[str, str], own: frozenset[str]) -> tuple[Grammar, dict[str, str]]:
        """The list's grammar and what of the request is for it."""
        plain = {name: params[name] for name in params if name not in own}
        return self._grammar(plain), plain

    def _must_see_dates(self) -> None:
        if "due_at" in found_by(self.actor, self.kind):
            raise Forbidden("Ваша роль не видит сроков, поэтому календаря и диаграммы для неё нет")

    def _window(self, most: int) -> list[date]:
        first, last = (day_of(self.request.query_params.get(name), name) for name in ("from", "to"))
        count = (last - first).days + 1
        if not 1 <= count <= most:
            raise Invalid({"to": f"Покажем от 1 до {most} дней. Выберите последний день ближе"})
        return [first + timedelta(days=shift) for shift in range(count)]


def edges_of(days: Sequence[date]) -> list[datetime]:
    """Midnights of these days and of the one after them, in the company's zone."""
    zone = ZoneInfo(current_company().time_zone)
    return [datetime.combine(day, time.min, tzinfo=zone) for day in (*days, days[-1] + timedelta(days=1))]


def day_of(text: str | None, name: str) -> date:
    """The day that a parameter names; Invalid when it names none."""
    try:
        found = parse_date(text or "")
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year < 2200:
        raise Invalid({name: _WRONG_DAY})
    return found
