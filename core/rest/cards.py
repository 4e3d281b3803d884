"""Bases for endpoints of cards."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar, Protocol, TypeVar

from django.db.models import Exists, Q
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from core.access.actor import Actor
from core.access.limits import found_by
from core.access.queries import AskedOfEach, visible, visible_card
from core.entities.kinds import EntityKind
from core.errors import Invalid, Stale
from core.registry import registry

from .cells import with_cells
from .filters import RESERVED, SHAPE, Grammar
from .groups import Grouping, in_group
from .pages import Page, page_of
from .views import CompanyView

V = TypeVar("V")


class CardViewSet(ViewSetMixin, CompanyView):
    """Operations on one kind of card. Rows come only through the visible query.

    Subclasses set `grammar` and `extra_routes` ({sub-path: {method: action}}), and write the actions they have.
    `kind` and `module` come with the address (routing.card_routes). `address` are words that the screen of the list has
    of its own, beside those of the grammar: name → what reads one (core/saved_views). `groupings` are by what the list
    can be grouped. `shown` gives the card's JSON, which `card_shape` describes; with it a refusal of a stale
    change carries what stands now.
    """

    kind: EntityKind = None  # type: ignore[assignment]
    versioned = frozenset({"partial_update"})
    grammar: ClassVar[Grammar]
    card_shape: ClassVar[Any]
    address: ClassVar[dict[str, Callable[[str], Any]]] = {}
    groupings: ClassVar[dict[str, Grouping]] = {}
    extra_routes: ClassVar[dict[str, dict[str, str]]] = {}

    def shown(self, card_id: int) -> dict[str, Any]:
        """JSON of the card as the caller sees it now; kinds that can be changed write it."""
        return {}

    @classmethod
    def shown_to(cls, request: Any, kind: EntityKind, card_id: int) -> dict[str, Any]:
        """The same for sub-resources of the card, which are no operations of the kind's own."""
        one = cls()
        one.request, one.kind = request, kind
        return one.shown(card_id)

    def handle_exception(self, failure: Exception) -> Response:
        if isinstance(failure, Stale) and "current" not in failure.data:
            failure.data["current"] = self.shown(self.kwargs["card_id"])
        return super().handle_exception(failure)

    def visible(self) -> Any:
        return visible(self.actor, self.kind)

    @classmethod
    def meant(cls, words: Mapping[str, str]) -> dict[str, str]:
        """Words of the screen's address as the list takes them: without those that say only how it is shown."""
        shown = SHAPE | (set(cls.address) - set(cls.grammar.filters))
        return {name: text for name, text in words.items() if name not in shown}

    @classmethod
    def rows_for(cls, actor: Actor, kind: EntityKind, params: Any, asked: type[Exists] = AskedOfEach) -> Any:
        """What the list of an actor is narrowed from; `params` may name a part of it; `asked` as for `visible_rows`."""
        return visible(actor, kind)

    @classmethod
    def behind(cls, actor: Actor, kind: EntityKind, tab: str, *, each: bool) -> Q:
        """The condition that a tab of the list makes, beside the right to see; `each` as for a filter. A list without
        tabs has none."""
        return Q()

    def listed(self, params: Any, asked: type[Exists] = AskedOfEach) -> Any:
        """What the caller's list is narrowed from."""
        return self.rows_for(self.actor, self.kind, params, asked)

    def card(self, card_id: int) -> Any:
        return visible_card(self.actor, self.kind, card_id)

    def page(self, rows: Any) -> Page:
        params = self.request.query_params
        grammar = self._grammar(params)
        return page_of(in_group(grammar.narrow(rows, params), self.seen(self.groupings), params), params, grammar)

    def seen(self, named: Mapping[str, V]) -> dict[str, V]:
        """Of what a list is grouped, summed up or laid out by, what the caller's roles do not hide from him."""
        shut = found_by(self.actor, self.kind)
        return {name: one for name, one in named.items() if name not in shut}

    def with_cells(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The page's JSON rows with the further columns that the request asks for."""
        return with_cells(rows, self.actor, self.kind, self.request.query_params.get("with", ""))

    def _grammar(self, params: Any) -> Grammar:
        return grammar_for(self.actor, self.kind, {*params, params.get("ordering", "").lstrip("-")})

    def seen_version(self) -> int | None:
        """The version in If-Match, None when the client does not say."""
        return seen_version(self.request)


def grammar_for(actor: Actor, kind: EntityKind, names: Collection[str]) -> Grammar:
    """What a list of a kind understands of these parameters: its own words, and those of the kind's mechanisms."""
    own: Grammar = kind.viewset.grammar
    asked = set(names) - RESERVED - {"", *own.filters}
    shut = found_by(actor, kind)
    grammar = own.without(shut) if shut else own
    for trait in registry.traits_of(kind.model) if asked else ():
        if trait.widen:
            grammar = grammar.with_more(*trait.widen(actor, kind, asked))
    return grammar


class AboutCardView(CompanyView):
    """A sub-resource of a card: `/<plural>/<card_id>/…`; the card must be visible to the caller."""

    # Given with the address (routing.card_routes); Django asks that the class has it.
    kind: EntityKind = None  # type: ignore[assignment]

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        self.module = module_of(self.kind)
        super().initial(request, *args, **kwargs)
        self.card = visible_card(self.actor, self.kind, kwargs["card_id"])

    def whole_card(self) -> dict[str, Any]:
        """JSON of the card as its own address gives it now."""
        return self.kind.viewset.shown_to(self.request, self.kind, self.card.pk)


class Versioned(Protocol):
    """A row that people change knowing what they have seen: a card, a role."""

    @property
    def version(self) -> int: ...


# Cards of core itself (employees) belong to no module that could be off.
CORE_MODULES = ("organization",)


def module_of(kind: EntityKind) -> str | None:
    """The module whose switch decides over a kind of card; None for core's own."""
    return kind.module if kind.module not in CORE_MODULES else None


def seen_version(request: Any) -> int | None:
    header = request.META.get("HTTP_IF_MATCH")
    if header is None:
        return None
    text = header.strip().removeprefix("W/").strip('"')
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Invalid({"if-match": "Ожидается версия карточки в кавычках"})
    return int(text)


def with_etag(response: Response, card: Versioned) -> Response:
    response["ETag"] = f'"{card.version}"'
    return response
