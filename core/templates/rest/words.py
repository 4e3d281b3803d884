"""Words in cases, the company's key of Morpher, pictures of the stamp and of one's own signature."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.apart import OutOfRoom, Stumbled, apart
from core.errors import Invalid, NotFound
from core.gateways.queries import own_key
from core.gateways.rules import MORPHER
from core.language.cases import LONGEST_PHRASE, Case, declined, key_of_phrase
from core.rest.access import SIGNED_IN, Access, needs
from core.rest.filters import Filter, Grammar
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView

from ..actions.facsimiles import drop_facsimile, keep_facsimile
from ..actions.words import connect_morpher, disconnect_morpher, forget_wording, put_right
from ..errors import NotAPicture
from ..models import Facsimile, Wording
from ..permissions import MANAGE_TEMPLATES
from ..variables import put_right as forms_put_right
from .shapes import (
    CasesOut,
    FacsimileIn,
    FacsimileOut,
    FacsimilesOut,
    MorpherIn,
    MorpherOut,
    WordingIn,
    WordingOut,
    WordingPage,
)
from .views import OutsideView, decoded

_PICTURE, _PICTURE_SECONDS = "core.templates.picture", 10.0
_BY_ID = Grammar(filters={"told_by": Filter("source", str)}, orderings={"id": "id"}, default_ordering="-id")
_COMPANY, _MINE = "company", "mine"


class CasesView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(parameters=[OpenApiParameter("text", str, required=True)], responses=CasesOut)
    def get(self, request: Request) -> Response:
        """A phrase, a name or an organization in all cases, as templates print it."""
        text = " ".join(request.query_params.get("text", "").split())
        if not text or len(text) > LONGEST_PHRASE:
            raise Invalid({"text": f"От одного до {LONGEST_PHRASE} знаков"})
        known = forms_put_right([text])
        key = key_of_phrase(text)
        return Response(
            {
                "results": [
                    {
                        "case": case.value,
                        "form": declined(text, case, known),
                        "is_put_right": key in known.get(case.value, {}),
                    }
                    for case in Case
                ]
            }
        )


class WordingsView(CompanyView):
    """Words that people, or a service, have put right."""

    access: ClassVar[dict[str, Access]] = {"get": needs(MANAGE_TEMPLATES), "post": needs(MANAGE_TEMPLATES)}

    @extend_schema(
        parameters=[OpenApiParameter("told_by", str), OpenApiParameter("cursor", str), OpenApiParameter("limit", int)],
        responses=WordingPage,
    )
    def get(self, request: Request) -> Response:
        page = page_of(_BY_ID.narrow(Wording.objects.all(), request.query_params), request.query_params, _BY_ID)
        return Response({"results": [_wording(row) for row in page.rows], "next": page.next})

    @extend_schema(request=WordingIn, responses={201: WordingOut})
    def post(self, request: Request) -> Response:
        """Say how a phrase reads in a case; said again it is put right again."""
        told = WordingIn(data=request.data)
        told.is_valid(raise_exception=True)
        return Response(_wording(put_right(**told.validated_data, by=self.actor)), status=201)


class WordingView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"delete": needs(MANAGE_TEMPLATES)}

    @extend_schema(responses={204: None})
    def delete(self, request: Request, wording_id: int) -> Response:
        """Leave a phrase to the dictionaries again."""
        row = Wording.objects.filter(pk=wording_id).first()
        if row is None:
            raise NotFound()
        forget_wording(row, by=self.actor)
        return Response(status=204)


class MorpherView(CompanyView):
    """The company's own key of Morpher; the key is never told again."""

    closed_to_support = True
    access: ClassVar[dict[str, Access]] = dict.fromkeys(("get", "put", "delete"), needs(MANAGE_TEMPLATES))

    @extend_schema(responses=MorpherOut)
    def get(self, request: Request) -> Response:
        row = own_key(MORPHER)
        return Response({"is_on": row is not None, "error": row.error if row else ""})

    @extend_schema(request=MorpherIn, responses=MorpherOut)
    def put(self, request: Request) -> Response:
        told = MorpherIn(data=request.data)
        told.is_valid(raise_exception=True)
        connect_morpher(told.validated_data["key"], by=self.actor)
        return self.get(request)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        disconnect_morpher(by=self.actor)
        return Response(status=204)


class FacsimilesView(CompanyView):
    """The company's stamp, for those who keep it, and one's own signature: nobody is shown another's."""

    closed_to_support = True
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(responses=FacsimilesOut)
    def get(self, request: Request) -> Response:
        shown: list[tuple[str, int | None]] = [(_MINE, self.actor.principal_id)]
        if self.actor.may(MANAGE_TEMPLATES):
            shown.append((_COMPANY, None))
        rows = {whose: Facsimile.objects.filter(principal=pk).first() for whose, pk in shown}
        return Response({"results": [_facsimile(whose, row) for whose, row in rows.items()]})


class FacsimileView(OutsideView):
    closed_to_support = True
    access: ClassVar[dict[str, Access]] = {"put": SIGNED_IN, "delete": SIGNED_IN}

    def gather(self, **kwargs: Any) -> None:
        whose = kwargs["whose"]
        if whose not in (_COMPANY, _MINE):
            raise NotFound()
        if whose == _COMPANY:
            self.actor.must(MANAGE_TEMPLATES)
        self.spend()

    @extend_schema(request=FacsimileIn, responses=FacsimileOut)
    def put(self, request: Request, whose: str) -> Response:
        """Keep the picture of the stamp or of one's own signature: a PNG, which is drawn anew."""
        told = FacsimileIn(data=request.data)
        told.is_valid(raise_exception=True)
        try:
            png = apart(_PICTURE, content=decoded(told.validated_data["content"]), seconds=_PICTURE_SECONDS)
        except (OutOfRoom, Stumbled) as broken:
            raise NotAPicture() from broken
        width = told.validated_data["width_mm"]

        def write() -> Response:
            row = keep_facsimile(png, of_company=whose == _COMPANY, width_mm=width, by=self.actor)
            return Response(_facsimile(whose, row))

        return self.written(write)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, whose: str) -> Response:
        """Keep the picture no longer; what was printed with it stays as it is."""

        def write() -> Response:
            drop_facsimile(of_company=whose == _COMPANY, by=self.actor)
            return Response(status=204)

        return self.written(write)


def _wording(row: Wording) -> dict[str, Any]:
    return {
        "id": row.pk,
        "phrase": row.phrase,
        "case": row.case,
        "form": row.form,
        "told_by": row.source,
        "changed_at": row.changed_at,
    }


def _facsimile(whose: str, row: Facsimile | None) -> dict[str, Any]:
    return {"whose": whose, "content": row.content if row else "", "width_mm": row.width_mm if row else 35}
