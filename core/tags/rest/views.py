"""Tags of a card, and the tags of the company."""

from typing import Any, ClassVar

from django.db.models import Q
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.errors import NotFound
from core.rest.access import SIGNED_IN, Access, needs
from core.rest.cards import AboutCardView, seen_version, with_etag
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView

from ..actions import alter_tag, merge_tags, remove_tag, set_tags
from ..models import Tag
from ..permissions import MANAGE_TAGS
from ..queries import tags_for, tags_of
from .serializers import CardTagsIn, CardTagsOut, MergeIn, TagChangesIn, TagList, TagOut, tag_out


def _by_words(text: str, each: bool) -> Q:
    return Q(title__icontains=text)


_GRAMMAR = Grammar(orderings={"title": "title"}, default_ordering="title", search=_by_words)
_LIST = [OpenApiParameter("search", str), OpenApiParameter("cursor", str), OpenApiParameter("limit", int)]


class CardTagsView(AboutCardView):
    """The tags of one card."""

    versioned = frozenset({"put"})
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "put": SIGNED_IN}

    @extend_schema(responses=CardTagsOut)
    def get(self, request: Request, card_id: int) -> Response:
        return Response(self._shown())

    @extend_schema(request=CardTagsIn, responses=CardTagsOut)
    def put(self, request: Request, card_id: int) -> Response:
        told = CardTagsIn(data=request.data)
        told.is_valid(raise_exception=True)
        titles = told.validated_data["tags"]
        card = set_tags(self.card, self.kind, titles=titles, version=seen_version(request), by=self.actor)
        return with_etag(Response(self._shown()), card)

    def _shown(self) -> dict[str, Any]:
        may_edit = self.actor.may(self.kind.edit, self.card)
        return {"results": [tag_out(tag) for tag in tags_of(self.card.pk)], "can_edit": may_edit}


class TagsView(CompanyView):
    """Tags of the company: they are words, and words are open, but for those of cards that are closed to the reader."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(parameters=_LIST, responses=TagList)
    def get(self, request: Request) -> Response:
        params = request.query_params
        page = page_of(_GRAMMAR.narrow(tags_for(self.actor), params), params, _GRAMMAR)
        return Response({"results": [tag_out(tag) for tag in page.rows], "next": page.next})


class _OneTag(CompanyView):
    tag: Tag

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        found = Tag.objects.filter(pk=kwargs["tag_id"]).first()
        if found is None:
            raise NotFound()
        self.tag = found


class TagView(_OneTag):
    access: ClassVar[dict[str, Access]] = {"patch": needs(MANAGE_TAGS), "delete": needs(MANAGE_TAGS)}

    @extend_schema(request=TagChangesIn, responses=TagOut)
    def patch(self, request: Request, tag_id: int) -> Response:
        """Rename or paint a tag."""
        told = TagChangesIn(data=request.data)
        told.is_valid(raise_exception=True)
        return Response(tag_out(alter_tag(self.tag, **told.validated_data, by=self.actor)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, tag_id: int) -> Response:
        """Take a tag off all cards and delete it."""
        remove_tag(self.tag, by=self.actor)
        return Response(status=204)


class TagMergeView(_OneTag):
    access: ClassVar[dict[str, Access]] = {"post": needs(MANAGE_TAGS)}

    @extend_schema(request=MergeIn, responses=TagOut)
    def post(self, request: Request, tag_id: int) -> Response:
        """Give the cards of this tag another one; this one is gone."""
        told = MergeIn(data=request.data)
        told.is_valid(raise_exception=True)
        return Response(tag_out(merge_tags(self.tag, into=told.validated_data["into"], by=self.actor)))
