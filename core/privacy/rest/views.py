"""Personal data: one's own for everybody, those of others for whoever answers for them; each time proved anew."""

from dataclasses import asdict
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.errors import Forbidden, NotFound
from core.identity.actions.proving import prove_oneself
from core.identity.rest.browser import OwnAccountView, read, visitor_of
from core.organization.models import Employee
from core.organization.people import people
from core.rest.access import SIGNED_IN, Access, needs
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView
from core.takeout.rest.serializers import ProofForm

from ..actions import anonymise, ask_person_file, open_person_file
from ..models import PersonFile
from ..permissions import MANAGE_PERSONS
from ..processing import REGISTER
from ..queries import anonymisation_of, consents, files_of
from ..reads import CONSENTS_SHOWN, PERSON_TAKEN
from .serializers import ConsentsOut, PersonDataOut, PersonFileAddress, PersonFileOut, ProcessingsOut

_GRAMMAR = Grammar(orderings={"given_at": "given_at"}, default_ordering="-given_at")
_PAGE = [OpenApiParameter("cursor", str), OpenApiParameter("limit", int)]


class _OfPerson(OwnAccountView):
    """Finds the person of the address; somebody else's data are for whoever answers for such data."""

    is_reading = True
    employee: Employee

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        found = Employee.objects.select_related("principal").filter(pk=kwargs["employee_id"]).first()
        if found is None or (found.principal_id != self.actor.principal_id and not self.actor.may(MANAGE_PERSONS)):
            raise NotFound() if found is None else Forbidden()
        self.employee = found

    def prove(self, request: Request) -> None:
        prove_oneself(self.user(), **read(ProofForm, request), visitor=visitor_of(request), by=self.actor)


class PersonDataView(_OfPerson):
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "post": SIGNED_IN}

    @extend_schema(responses=PersonDataOut)
    def get(self, request: Request, employee_id: int) -> Response:
        rows = files_of(self.employee).filter(author=self.actor.principal_id)[:10]
        done = anonymisation_of(self.employee)
        told = {
            "results": [_file(row) for row in rows],
            "next": None,
            "asks_code": self.user().has_totp,
            "may_anonymise": done is None and self.employee.is_blocked and self.actor.may(MANAGE_PERSONS),
            "anonymised_at": done.created_at if done else None,
        }
        return Response(told)

    @extend_schema(request=ProofForm, responses={201: PersonFileOut})
    def post(self, request: Request, employee_id: int) -> Response:
        """Have all that is known of the person written to a file; `state` tells when it is there."""
        self.prove(request)
        return Response(_file(ask_person_file(self.employee, by=self.actor)), status=201)


class PersonFileView(_OfPerson):
    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}
    recorded = {"post": PERSON_TAKEN}

    @extend_schema(request=None, responses={200: PersonFileAddress})
    def post(self, request: Request, employee_id: int, file_id: int) -> Response:
        file = files_of(self.employee).select_related("employee__principal").filter(pk=file_id).first()
        if file is None:
            raise NotFound()
        return Response({"url": open_person_file(file, by=self.actor)})


class AnonymisingView(_OfPerson):
    """Taking a name away for good: a claim of the law, whatever the company has paid."""

    is_reading = False
    access: ClassVar[dict[str, Access]] = {"post": needs(MANAGE_PERSONS)}

    @extend_schema(request=ProofForm, responses={204: None})
    def post(self, request: Request, employee_id: int) -> Response:
        self.prove(request)
        anonymise(self.employee, by=self.actor)
        return Response(status=204)


class ConsentsView(CompanyView):
    """The register of consents, the newest first."""

    access: ClassVar[dict[str, Access]] = {"get": needs(MANAGE_PERSONS)}
    recorded = {"get": CONSENTS_SHOWN}

    @extend_schema(responses=ConsentsOut, parameters=_PAGE)
    def get(self, request: Request) -> Response:
        page = page_of(consents(), request.query_params, _GRAMMAR)
        persons = people(row.principal_id for row in page.rows)
        names = ("document", "version", "given_at", "ip", "way")
        lines = [
            {"id": row.pk, "person": persons.get(row.principal_id)} | {name: getattr(row, name) for name in names}
            for row in page.rows
        ]
        return Response({"results": lines, "next": page.next})


class ProcessingView(CompanyView):
    """What is done with personal data here: everybody of the company may know."""

    works_unpaid = True
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(responses=ProcessingsOut)
    def get(self, request: Request) -> Response:
        return Response({"results": [asdict(line) for line in REGISTER], "next": None})


def _file(row: PersonFile) -> dict[str, Any]:
    return {"id": row.pk, "state": row.state, "size": row.size, "created_at": row.created_at}
