"""All data of the company in one file: asked for by an owner who proves himself anew, opened by owners alone."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.errors import NotFound
from core.identity.actions.proving import prove_oneself
from core.identity.rest.browser import OwnAccountView, read, visitor_of
from core.organization.people import people
from core.rest.access import Access, needs
from core.rest.request import Request

from ..actions import ask_takeout, open_takeout
from ..permissions import SEE_TAKEOUTS
from ..queries import left_today, owners, recent
from ..reads import TAKEOUT_TAKEN
from .serializers import ProofForm, TakeoutAddress, TakeoutOut, TakeoutsOut, takeout_out

_SHOWN = 20


class TakeoutsView(OwnAccountView):
    """Archives of the company. A key of the API, which may lie anywhere, neither sees nor makes them."""

    is_reading = True
    access: ClassVar[dict[str, Access]] = {"get": needs(SEE_TAKEOUTS), "post": needs(SEE_TAKEOUTS)}

    @extend_schema(responses=TakeoutsOut)
    def get(self, request: Request) -> Response:
        rows = list(recent()[:_SHOWN])
        persons = people(row.author_id for row in rows)
        told = {
            "results": [takeout_out(row, persons) for row in rows],
            "next": None,
            "left_today": left_today(),
            "is_owner": self.actor.principal_id in owners(),
            "asks_code": self.user().has_totp,
        }
        return Response(told)

    @extend_schema(request=ProofForm, responses={201: TakeoutOut})
    def post(self, request: Request) -> Response:
        """Have everything written to a file; `state` and `step` tell how far it is."""
        prove_oneself(self.user(), **read(ProofForm, request), visitor=visitor_of(request), by=self.actor)
        takeout = ask_takeout(by=self.actor)
        return Response(takeout_out(takeout, people([takeout.author_id])), status=201)


class TakeoutOpeningView(OwnAccountView):
    """Taking an archive away; each time it is written into the history."""

    is_reading = True
    access: ClassVar[dict[str, Access]] = {"post": needs(SEE_TAKEOUTS)}
    recorded = {"post": TAKEOUT_TAKEN}

    @extend_schema(request=None, responses={200: TakeoutAddress})
    def post(self, request: Request, takeout_id: int) -> Response:
        takeout = recent().filter(pk=takeout_id).first()
        if takeout is None:
            raise NotFound()
        return Response({"url": open_takeout(takeout, by=self.actor)})
