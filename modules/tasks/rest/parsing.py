"""A task told in one line, read into what its fields would say."""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.actor import Actor
from core.access.naming import colleagues_named
from core.context import current_company, enabled_modules
from core.entities.models import Entity
from core.entities.rest.briefs import BriefOut, briefs
from core.entities.rest.rows import instant
from core.entities.rest.serializers import PRIORITY_CHOICES
from core.language.line import LONGEST, Line, Span, read_line, titled
from core.organization.people import people
from core.organization.rest.serializers import PersonOut
from core.registry import registry
from core.rest.access import Access, needs
from core.rest.request import Request
from core.rest.views import CompanyView
from modules.tasks.models import Task
from modules.tasks.permissions import CREATE

_MOST_IGNORED = 20


class PhraseIn(serializers.Serializer):
    text = serializers.CharField(max_length=LONGEST, allow_blank=True, trim_whitespace=False)
    ignore = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST),
        max_length=_MOST_IGNORED,
        default=list,
        help_text="pieces that the person wants to stay words",
    )


class PhrasePieceOut(serializers.Serializer):
    """A piece of the line that was understood; `text` is the piece itself.

    Several `people` are namesakes: one of them is to be chosen, until then the words stay in the title.
    """

    kind = serializers.ChoiceField(["person", "helper", "due", "priority", "card"])
    text = serializers.CharField()
    people = PersonOut(many=True)
    due_at = serializers.DateTimeField(allow_null=True)
    priority = serializers.ChoiceField(PRIORITY_CHOICES)
    card = BriefOut(allow_null=True)


class PhraseOut(serializers.Serializer):
    """`title` is what is left: nothing that was written is lost."""

    title = serializers.CharField(allow_blank=True)
    pieces = PhrasePieceOut(many=True)


class PhraseView(CompanyView):
    """Reading a line; writes nothing and never refuses a text for its words."""

    module = "tasks"
    access: ClassVar[dict[str, Access]] = {"post": needs(CREATE)}

    @extend_schema(request=PhraseIn, responses=PhraseOut)
    def post(self, request: Request) -> Response:
        told = PhraseIn(data=request.data)
        told.is_valid(raise_exception=True)
        text, ignored = told.validated_data["text"], list(told.validated_data["ignore"])
        while True:
            found = self._read(text, ignored)
            pieces = self._pieces(text, found)
            # Numbers of no card that is known are words like others.
            pairs = list(zip(found.spans, pieces, strict=True))
            unknown = [text[span.start : span.end] for span, piece in pairs if piece is None]
            if not unknown:
                clear = [span for span, piece in pairs if piece and len(piece["people"]) < 2]
                return Response({"title": titled(text, clear), "pieces": pieces})
            ignored += unknown

    def _read(self, text: str, ignored: list[str]) -> Line:
        now = timezone.now().astimezone(ZoneInfo(current_company().time_zone))
        me = self.actor.principal_id
        return read_line(text, now=now, colleagues=colleagues_named(self.actor, text), me=me, but=ignored)

    def _pieces(self, text: str, found: Line) -> list[dict[str, Any] | None]:
        known = people({who for span in found.spans for who in span.people})
        cards = _numbered(self.actor, [span.value for span in found.spans if span.kind == "number"])
        return [_piece(text, span, known, cards) for span in found.spans]


def _piece(text: str, span: Span, known: dict[int, Any], cards: dict[str, Any]) -> dict[str, Any] | None:
    card = cards.get(span.value) if span.kind == "number" else None
    if span.kind == "number" and card is None:
        return None
    return {
        "kind": "card" if card else span.kind,
        "text": text[span.start : span.end].strip(),
        "people": [known[who] for who in span.people if who in known],
        "due_at": instant(span.moment.astimezone(ZoneInfo("UTC"))) if span.moment else None,
        "priority": span.value if span.kind == "priority" else "normal",
        "card": card,
    }


def _numbered(actor: Actor, numbers: list[str]) -> dict[str, Any]:
    """What was written behind «#» → the visible card of this number; a bare number is a task's."""
    if not numbers:
        return {}
    written = {number: number.upper() if "-" in number else f"{Task.NUMBER_PREFIX}{number}" for number in numbers}
    codes = [kind.code for kind in registry.live_kinds(enabled_modules())]
    found = Entity.objects.filter(kind__in=codes, number__in=set(written.values()), trashed_at__isnull=True)
    known = {row["number"]: row for row in briefs(actor, found.values_list("pk", flat=True)[:50]).values()}
    return {number: known[full] for number, full in written.items() if full in known}
