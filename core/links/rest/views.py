"""Links of a card, and one link by its own address."""

from collections.abc import Sequence
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.context import enabled_modules
from core.entities.kinds import EntityKind
from core.entities.models import Entity, Ref
from core.entities.rest.briefs import briefs
from core.entities.rest.rows import instant
from core.errors import NotFound
from core.organization.people import people
from core.registry import registry
from core.rest.access import SIGNED_IN, Access
from core.rest.belongings import BelongingView
from core.rest.cards import AboutCardView
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request

from ..actions import link, unlink
from ..errors import NothingThere
from ..mixin import Linkable
from ..models import EntityLink
from ..queries import links_of
from ..rules import RELATIONS, Tie, as_read_by
from .serializers import LinkIn, LinkOut, LinksOut

_NEWEST_FIRST = Grammar(orderings={"id": "id"}, default_ordering="-id")
_PAGING = [OpenApiParameter("cursor", str), OpenApiParameter("limit", int)]


class CardLinksView(BelongingView, AboutCardView):
    """What one card is tied to."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "post": SIGNED_IN}

    @extend_schema(parameters=_PAGING, responses=LinksOut)
    def get(self, request: Request, card_id: int) -> Response:
        """Both what this card was tied to and what was tied to it."""
        asked = {name: request.query_params[name] for name in ("cursor", "limit") if name in request.query_params}
        page = page_of(links_of(self.card.pk), asked, _NEWEST_FIRST)
        known = [{"code": relation.code, "title": relation.title} for relation in RELATIONS.values()]
        shown, can_add = self._shown(page.rows), self.actor.may_add_to(self.card)
        return Response({"results": shown, "next": page.next, "relations": known, "can_add": can_add})

    @extend_schema(request=LinkIn, responses={201: LinkOut})
    def post(self, request: Request, card_id: int) -> Response:
        """Tie this card to another one that the caller sees; saying it again changes nothing."""
        told = LinkIn(data=request.data)
        told.is_valid(raise_exception=True)
        other = self._other(told.validated_data["ref"])
        made = link(self.card, other, relation=told.validated_data["relation"], by=self.actor)
        return Response(self._shown([made])[0], status=201)

    def _other(self, address: str) -> Entity:
        try:
            ref = Ref.parse(address)
            found = Entity.objects.filter(pk=ref.id, kind=ref.kind, kind__in=_linkable()).first()
            if found is None:
                raise NothingThere()
            return self.card_of(found)[1]
        except (ValueError, NotFound) as nothing:
            raise NothingThere() from nothing

    def _shown(self, rows: Sequence[EntityLink]) -> list[dict[str, Any]]:
        read = {row.pk: as_read_by(self.card.pk, Tie(row.source_id, row.target_id, row.relation)) for row in rows}
        cards = briefs(self.actor, {other for _, other in read.values()})
        seen = [row for row in rows if read[row.pk][1] in cards]
        known = people({row.author_id for row in seen})
        may_edit, may_add = self.actor.may(self.kind.edit, self.card), self.actor.may_add_to(self.card)
        return [
            {
                "id": row.pk,
                "relation": read[row.pk][0],
                "title": RELATIONS[read[row.pk][0]].title,
                "card": cards[read[row.pk][1]],
                "author": known[row.author_id],
                "created_at": instant(row.created_at),
                "can_remove": may_add and (may_edit or row.author_id == self.actor.principal_id),
            }
            for row in seen
        ]


class LinkView(BelongingView):
    """One link: known to whoever sees both its cards."""

    access: ClassVar[dict[str, Access]] = {"delete": SIGNED_IN}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, link_id: int) -> Response:
        found = EntityLink.objects.select_related("source", "target").filter(pk=link_id).first()
        if found is None:
            raise NotFound()
        sides: tuple[tuple[EntityKind, Entity], tuple[EntityKind, Entity]] = (
            self.card_of(found.source),
            self.card_of(found.target),
        )
        unlink(found, sides, by=self.actor)
        return Response(status=204)


def _linkable() -> list[str]:
    return [kind.code for kind in registry.live_kinds(enabled_modules()) if issubclass(kind.model, Linkable)]
