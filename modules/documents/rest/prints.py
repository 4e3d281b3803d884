"""Documents on paper: the card, and the journal of registration."""

from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import segno
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers

from core.access.actor import Actor
from core.access.limits import hidden
from core.acknowledgements.queries import last_round
from core.acknowledgements.queries import rows_of as readers_of
from core.context import current_company
from core.entities.kinds import EntityKind
from core.errors import Invalid
from core.language.sums import digits, in_words
from core.notifications.rules import address_of, on_paper
from core.organization.people import people
from core.rest.access import Access, needs
from core.rest.cards import AboutCardView
from core.rest.request import Request
from core.rest.views import CompanyView
from core.richtext import plain_of
from core.storage import disposition
from core.typesetting import pdf
from modules.documents.models import Document, Secrecy, Status
from modules.documents.permissions import VIEW
from modules.documents.queries import journal, types_of_cards
from modules.documents.rules import MOST_JOURNAL

_HERE = Path(__file__).resolve().parent.parent / "templates"
_PERIOD = [
    OpenApiParameter("since", OpenApiTypes.DATE, required=True),
    OpenApiParameter("until", OpenApiTypes.DATE, required=True),
    OpenApiParameter("card_type", OpenApiTypes.STR, description="code of one type; empty for the kind's own"),
]


class JournalPeriodIn(serializers.Serializer):
    since = serializers.DateField()
    until = serializers.DateField()
    card_type = serializers.CharField(max_length=40, allow_blank=True, required=False)


class PrintView(AboutCardView):
    """One document on paper, with its number, its words, who has read it, and a code that opens the card."""

    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW)}

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, card_id: int) -> HttpResponse:
        address = address_of(current_company(), f"{self.kind.route}/{self.card.pk}")
        told = _card(_shown_to(self.actor, self.card), self.kind, address)
        return _file(pdf(_HERE / "document.typ", told, made_at=timezone.now()), f"{_name(self.card)}.pdf")


class JournalView(CompanyView):
    """Documents that the caller sees, in the order of their registration, as a journal."""

    kind: EntityKind = None  # type: ignore[assignment]
    module = "documents"
    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW)}

    @extend_schema(parameters=_PERIOD, responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request) -> HttpResponse:
        asked = JournalPeriodIn(data=request.query_params)
        asked.is_valid(raise_exception=True)
        since, until = asked.validated_data["since"], asked.validated_data["until"]
        card_type = asked.validated_data.get("card_type")
        rows = list(journal(self.actor, self.kind, since=since, until=until, card_type=card_type)[: MOST_JOURNAL + 1])
        if len(rows) > MOST_JOURNAL:
            raise Invalid({"until": f"За эти дни больше {MOST_JOURNAL} документов. Выберите период короче"})
        told = {
            "company": current_company().name,
            "title": "Журнал регистрации документов",
            "period": f"с {since:%d.%m.%Y} по {until:%d.%m.%Y}",
            "lines": _lines([_shown_to(self.actor, row) for row in rows], self.kind),
        }
        return _file(pdf(_HERE / "journal.typ", told, made_at=timezone.now()), "Журнал регистрации.pdf")


def _shown_to(actor: Actor, document: Document) -> Document:
    """The same document, which nobody saves, without what the actor's roles hide from him."""
    for name in hidden(actor.limits, Document.KIND):
        column: Any = Document._meta.get_field(name)
        setattr(document, name, None if column.null else column.get_default())
    return document


def _card(document: Document, kind: EntityKind, address: str) -> dict[str, Any]:
    of_type = types_of_cards([document.pk]).get(document.pk)
    named = ("author_id", "responsible_id", "addressee_id", "signatory_id")
    known = people({getattr(document, name) for name in named})

    def person(who: int | None) -> str:
        return known[who]["full_name"] if who in known else ""

    amount = document.amount
    rows = [
        ("Кому", person(document.addressee_id)),
        ("Корреспондент", document.correspondent),
        ("Их номер и дата", _numbered(document.outer_number, document.outer_date)),
        ("Ответственный", person(document.responsible_id)),
        ("Срок действия", _term(document)),
        ("Сумма", f"{digits(amount)} ({in_words(amount, 'RUB')})" if amount is not None else ""),
        ("Дело", str(document.case_file) if document.case_file else ""),
    ]
    return {
        "company": current_company().name,
        "kind": of_type.title if of_type else kind.title,
        "number": _numbered(document.number, document.registered_on) or "Проект, не зарегистрирован",
        "mark": str(Secrecy(document.secrecy).label) if document.secrecy else "",
        "title": document.title,
        "rows": [row for row in rows if row[1]],
        "content": plain_of(document.content).split("\n"),
        "author": person(document.author_id),
        "signatory": person(document.signatory_id),
        "readers": _readers(document),
        "qr": segno.make(on_paper(address), error="m", micro=False).svg_inline(scale=3, border=1),
        "address": address,
    }


def _readers(document: Document) -> list[tuple[str, str]]:
    rows = list(readers_of(document.pk).filter(round=last_round(document.pk)).order_by("pk"))
    known, zone = people({row.principal_id for row in rows}), ZoneInfo(current_company().time_zone)
    return [
        (
            known[row.principal_id]["full_name"],
            f"{row.done_at.astimezone(zone):%d.%m.%Y %H:%M}" if row.done_at else "",
        )
        for row in rows
        if row.principal_id in known
    ]


def _lines(rows: list[Document], kind: EntityKind) -> list[list[str]]:
    types, known = types_of_cards([row.pk for row in rows]), people({row.responsible_id for row in rows})
    return [
        [
            row.number,
            _day(row.registered_on),
            types[row.pk].title if row.pk in types else kind.title,
            row.title,
            " ".join(part for part in (row.correspondent, _numbered(row.outer_number, row.outer_date)) if part),
            known[row.responsible_id]["name"] if row.responsible_id in known else "",
            "аннулирован" if row.status == Status.CANCELLED else "",
        ]
        for row in rows
    ]


def _term(document: Document) -> str:
    since, until = document.valid_from, document.valid_until
    return " ".join(([f"с {_day(since)}"] if since else []) + ([f"до {_day(until)}"] if until else []))


def _numbered(number: str, day: Any) -> str:
    return " от ".join(part for part in (f"№ {number}" if number else "", _day(day)) if part)


def _day(day: Any) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _name(document: Document) -> str:
    return f"Документ {document.number}" if document.number else "Документ без номера"


def _file(content: bytes, name: str) -> HttpResponse:
    told = {"Content-Disposition": disposition(name, inline=True), "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=told)
