"""What the list of documents understands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone

from core.entities.queries import FEW_MATCHES, LikeAny, matching
from core.rest.filters import Filter, Grammar, PersonFilter, among_few, flag, moment, number, word
from core.search.queries import numbered, numbered_each
from modules.documents.models import Document, Secrecy, Status
from modules.documents.queries import TABS
from modules.documents.reports import held_now, standing_now

from .serializers import PRIORITIES

_TRIGRAM = re.compile(r"[^\W_]{3}")
_SPAN = ("gte", "lte", "gt", "lt")


def a_day(text: str) -> date:
    """A day by its date."""
    try:
        day = date.fromisoformat(text)
    except ValueError as wrong:
        raise ValueError("Ожидается день, например 2026-11-21") from wrong
    if not 1900 <= day.year < 2200:
        raise ValueError("Проверьте год")
    return day


def a_sum(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation as wrong:
        raise ValueError("Ожидается сумма, например 12500.50") from wrong
    if not found.is_finite() or abs(found) > Decimal(10) ** 16:
        raise ValueError("Проверьте сумму")
    return found


@dataclass(frozen=True)
class OwnFilter(Filter):
    """A column of the document's own table: the list itself reads the common one."""

    def among(self, values: list[Any]) -> Q:
        return self._found(Q(**{f"{self.column}__in": values}))

    def compared(self, lookup: str, value: Any) -> Q:
        return self._found(Q(**{f"{self.column}__{lookup}": value}))

    def empty(self, is_empty: bool) -> Q:
        return self._found(Q(**{f"{self.column}__isnull": is_empty}))

    def _found(self, condition: Q) -> Q:
        return among_few(Document.objects.filter(condition), "pk", each=self.each)


@dataclass(frozen=True)
class OwnPersonFilter(OwnFilter):
    """The same of a column that points to a principal, compared with ids of employee cards."""

    def among(self, values: list[Any]) -> Q:
        return self._found(Q(**{f"{self.column}__employee__in": values}))


@dataclass(frozen=True)
class PartFilter(OwnFilter):
    """Cards whose column has the text anywhere in it, in any case; the text may have commas."""

    def among(self, values: list[Any]) -> Q:
        found = Q()
        for value in values:
            plain = re.sub(r"([\\%_])", r"\\\1", value.strip())
            # What the index of trigrams cannot serve is kept from it: it would give all.
            column = self.column if _TRIGRAM.search(value) else Concat(self.column, Value(""))
            found &= Q(LikeAny(column, Value([f"%{plain}%"], ArrayField(TextField()))))
        return self._found(found)


@dataclass(frozen=True)
class HolderFilter(Filter):
    """Cards that somebody of these, by ids of employee cards, is to decide upon now."""

    may_lack: ClassVar[bool] = False

    def among(self, values: list[Any]) -> Q:
        return among_few(held_now(by=values), "passing__run__entity", each=self.each)


@dataclass(frozen=True)
class StageFilter(Filter):
    """Cards that stand at stages now: «12.legal» is the stage `legal` of route 12."""

    may_lack: ClassVar[bool] = False

    def among(self, values: list[Any]) -> Q:
        named = Q()
        for route, code in values:
            named |= Q(run__version__route=route, code=code)
        return among_few(standing_now().filter(named), "run__entity", each=self.each)


@dataclass(frozen=True)
class StageLateFilter(Filter):
    """Cards with a stage whose term has passed, or without one."""

    may_lack: ClassVar[bool] = False

    def among(self, values: list[Any]) -> Q:
        late = among_few(standing_now().filter(due_at__lt=timezone.now()), "run__entity", each=self.each)
        return late if values[-1] else ~late


def a_stage(text: str) -> tuple[int, str]:
    route, _, code = text.partition(".")
    if not code:
        raise ValueError("Ожидается этап маршрута")
    return number(route), code


def search(text: str, each: bool) -> Q:
    """Documents whose title has every word of the text, or whose number is it, begins or ends with it."""
    if each:
        found = numbered_each(text)
    else:
        ids = numbered(Document.KIND, text, FEW_MATCHES)
        found = Q(pk__in=ids) if ids else Q()
    if any(sign.isdigit() for sign in text) and " " not in text.strip():
        found |= (Q(number__startswith=text) | Q(number__startswith=text.upper())) & ~Q(number="")
    return matching(text, Document.KIND, each=each, or_else=found or None)


def priority(text: str) -> int:
    """The column's number of a priority's word."""
    return PRIORITIES[word(*PRIORITIES)(text)]


def _mark(text: str) -> str:
    """A mark by its word; `open` is none."""
    return "" if text == "open" else word(*(one for one in Secrecy.values if one))(text)


grammar = Grammar(
    filters={
        "responsible": PersonFilter("responsible"),
        "author": PersonFilter("author"),
        "addressee": OwnPersonFilter("addressee", number),
        "status": Filter("status", word(*Status.values)),
        "state": Filter("state", word("open", "done", "cancelled")),
        "priority": Filter("priority", priority),
        "due_at": Filter("due_at", moment, _SPAN),
        "created_at": Filter("created_at", moment, _SPAN),
        "changed_at": Filter("changed_at", moment, _SPAN),
        "registered_on": OwnFilter("registered_on", a_day, _SPAN),
        "valid_until": OwnFilter("valid_until", a_day, _SPAN),
        "amount": OwnFilter("amount", a_sum, _SPAN),
        "secrecy": OwnFilter("secrecy", _mark),
        "case_file": OwnFilter("case_file", number),
        "correspondent": PartFilter("correspondent", str),
        "holder": HolderFilter("holder", number),
        "stage": StageFilter("stage", a_stage),
        "stage_late": StageLateFilter("stage", flag),
    },
    orderings={
        "registered": "starts_at",
        "due_at": "due_at",
        "priority": "priority",
        "changed_at": "changed_at",
        "created_at": "created_at",
    },
    default_ordering="-created_at",
    search=search,
)
ADDRESS = {"by": word("status", "own_status", "responsible"), "state": word("open", "done", "cancelled", "all")}


def meant(told: dict[str, str], words: Mapping[str, str]) -> dict[str, str]:
    """Words of the screen's address as the list takes them: all documents unless a tab or a state is named."""
    found = told | {"tab": words["tab"] if words.get("tab") in TABS else "all"}
    if found.get("state") == "all":
        del found["state"]
    return found
