"""Comments of a card, and one comment by its own address."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.errors import NotFound
from core.rest.access import SIGNED_IN
from core.rest.belongings import BelongingView
from core.rest.cards import AboutCardView
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request

from ..actions import comment, edit_comment, remove_comment
from ..models import Comment
from ..queries import living
from .serializers import CommentIn, CommentsOut, SaidOut, comments_out, said_out

_GRAMMAR = Grammar(orderings={"id": "id"}, default_ordering="-id")
_PAGING = [OpenApiParameter("cursor", str), OpenApiParameter("limit", int)]


class CardCommentsView(AboutCardView):
    """What people say about one card."""

    access = {"get": SIGNED_IN, "post": SIGNED_IN}

    @extend_schema(parameters=_PAGING, responses=CommentsOut)
    def get(self, request: Request, card_id: int) -> Response:
        """The newest page first, oldest comment on top; `next` leads to older pages."""
        asked = {name: request.query_params[name] for name in ("cursor", "limit") if name in request.query_params}
        page = page_of(living().filter(entity_id=self.card.pk), asked, _GRAMMAR)
        return Response({"results": comments_out(page.rows[::-1], self.actor), "next": page.next})

    @extend_schema(request=CommentIn, responses={201: SaidOut})
    def post(self, request: Request, card_id: int) -> Response:
        said = comment(self.card, self.kind, text=_text(request), by=self.actor)
        return Response(said_out(said, self.actor), status=201)


class CommentView(BelongingView):
    """One comment, for its author."""

    access = {"patch": SIGNED_IN, "delete": SIGNED_IN}
    kind: EntityKind
    card: Entity
    said: Comment

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        found = living().select_related("entity").filter(pk=kwargs["comment_id"]).first()
        if found is None:
            raise NotFound()
        self.kind, self.card = self.card_of(found.entity)
        self.said = found

    @extend_schema(request=CommentIn, responses=SaidOut)
    def patch(self, request: Request, comment_id: int) -> Response:
        said = edit_comment(self.said, self.card, self.kind, text=_text(request), by=self.actor)
        return Response(said_out(said, self.actor))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, comment_id: int) -> Response:
        remove_comment(self.said, self.card, by=self.actor)
        return Response(status=204)


def _text(request: Request) -> str:
    told = CommentIn(data=request.data)
    told.is_valid(raise_exception=True)
    return told.validated_data["text"]
