"""The doors of the search: cards by words, and cards in a few words by their addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core import signing
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.context import current_schema, enabled_modules
from core.entities.kinds import EntityKind
from core.entities.models import Ref
from core.entities.rest.briefs import briefs
from core.errors import Invalid
from core.language.layout import other_layout
from core.registry import registry
from core.rest.access import SIGNED_IN, Access
from core.rest.pages import limit_of
from core.rest.request import Request
from core.rest.views import CompanyView
from core.texts import clean_line

from ..finding import FILES, Hit, find
from ..marking import told
from ..numbers import MOST_ASKED, cards_by_numbers
from ..queries import stems_of
from ..rules import LONGEST_QUESTION, Question, question_of
from .serializers import CardsOut, NumbersOut, SearchOut

_PARAMETERS = [
    OpenApiParameter("q", str, description="words, a number, «a phrase», -without"),
    OpenApiParameter("kind", str, description="kinds through commas: tasks.task"),
    OpenApiParameter("cursor", str),
    OpenApiParameter("limit", int),
]
_MOST_REFS = 20
_OLD = "Список изменился. Откройте его заново"


@dataclass(frozen=True)
class _Page:
    hits: list[Hit]
    more: bool
    question: Question
    lexicon: dict[str, list[str]]


class SearchView(CompanyView):
    """Cards of all kinds by their words, as far as the caller sees them."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}
    # Nobody waits longer for a list of ten; the answer then is to ask more exactly.
    statement_timeout_ms: ClassVar[int] = 2_000

    @extend_schema(parameters=_PARAMETERS, responses=SearchOut)
    def get(self, request: Request) -> Response:
        text = clean_line(request.query_params.get("q", "")[:LONGEST_QUESTION]) + _end(request)
        seen = [kind for kind in registry.live_kinds(enabled_modules()) if self.actor.may(kind.view)]
        limit = limit_of(request.query_params.get("limit"))
        after, is_other = _read(request.query_params.get("cursor"))
        kinds = _chosen(seen, request.query_params.get("kind"))
        other = other_layout(text)
        page = self._page(other if is_other else text, kinds, after, limit)
        if not page.hits and after is None and other:
            found = self._page(other, kinds, None, limit)
            page, is_other = (found, True) if found.hits else (page, False)
        return Response(
            {
                "results": told(self.actor, page.hits, page.question, page.lexicon),
                "next": _write(page.hits[-1], is_other) if page.more else None,
                "shown_for": other.strip() if is_other else "",
                "kinds": [{"code": kind.code, "title": kind.title, "icon": kind.icon} for kind in seen],
            }
        )

    def _page(self, text: str, kinds: Sequence[EntityKind], after: Hit | None, limit: int) -> _Page:
        question = question_of(text)
        lexicon = dict(stems_of(question.words))
        hits = find(self.actor, question, lexicon, kinds, after=after, limit=limit + 1)
        return _Page(hits[:limit], len(hits) > limit, question, lexicon)


class CardsView(CompanyView):
    """Cards by their addresses in a few words: what somebody has opened lately, as far as he still sees it."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(parameters=[OpenApiParameter("refs", str, description="addresses through commas")],
                   responses=CardsOut)  # fmt: skip
    def get(self, request: Request) -> Response:
        """In the order asked; what does not exist or is not seen is left out."""
        refs = request.query_params.get("refs", "").split(",")[:_MOST_REFS]
        asked = [ref for ref in (_ref(text) for text in refs) if ref]
        found = {brief["ref"]: brief for brief in briefs(self.actor, [ref.id for ref in asked]).values()}
        return Response({"results": [found[str(ref)] for ref in asked if str(ref) in found]})


class NumbersView(CompanyView):
    """Cards by their numbers: «#152» in a text becomes a link for whoever sees the card, and for nobody else."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(
        parameters=[
            OpenApiParameter("numbers", str, description="through commas, whole or their digits: 152,З-15"),
            OpenApiParameter("near", str, description="kind of the card on which they stand: it comes first"),
        ],
        responses=NumbersOut,
    )
    def get(self, request: Request) -> Response:
        """What is not seen, or may mean several cards, is left out."""
        given = request.query_params.get("numbers", "").split(",")[:MOST_ASKED]
        asked = dict.fromkeys(text[:LONGEST_QUESTION] for text in given)
        found = cards_by_numbers(self.actor, asked, near=request.query_params.get("near", ""))
        return Response({"results": [{"asked": text, "card": card} for text, card in found.items()]})


def _end(request: Request) -> str:
    """A space behind the last word says that it is finished."""
    return " " if request.query_params.get("q", "").endswith(" ") else ""


def _chosen(kinds: list[EntityKind], named: str | None) -> list[EntityKind]:
    """Kinds that are asked for; one that is unknown, switched off or not open to the caller finds nothing."""
    return kinds if not named else [kind for kind in kinds if kind.code in named.split(",")]


def _ref(text: str) -> Ref | None:
    try:
        return Ref.parse(text)
    except ValueError:
        return None


def _signer() -> signing.Signer:
    return signing.Signer(salt=f"cursor:{current_schema()}:search")


def _write(hit: Hit, is_other: bool) -> str:
    return _signer().sign_object([hit.stage, hit.card_id, is_other])


def _read(cursor: str | None) -> tuple[Hit | None, bool]:
    if not cursor:
        return None, False
    try:
        told: Any = _signer().unsign_object(cursor)
    except (signing.BadSignature, ValueError) as wrong:
        raise Invalid({"cursor": _OLD}) from wrong
    stage, card_id, is_other = told
    return Hit(min(int(stage), FILES), int(card_id)), bool(is_other)
