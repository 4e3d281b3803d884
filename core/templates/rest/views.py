"""Templates of print, and cards printed by them."""

import base64
import binascii
from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.access.queries import visible_card
from core.context import company_scope, enabled_modules
from core.entities.kinds import EntityKind
from core.errors import Forbidden, Invalid, NotFound
from core.reads.noting import listening
from core.registry import registry
from core.rest.access import SIGNED_IN, Access, needs
from core.rest.callers import actor_of, remember_seen
from core.rest.cards import seen_version, with_etag
from core.rest.csrf import refuse_cross_site
from core.rest.filters import Filter, Grammar
from core.rest.idempotency import claim, remember
from core.rest.pages import page_of
from core.rest.recording import record_reads
from core.rest.request import Request
from core.rest.views import CompanyView, ScopedView
from core.storage import disposition
from core.throttle import limit

from ..actions.templates import add_template, change_template
from ..errors import NothingToPrint
from ..frames import HTML, PDF
from ..making import OWN, SUITE, TYPES, form_of, lines_in, marks_in
from ..models import PrintTemplate
from ..naming import names_told, unknown_names
from ..office import suite
from ..permissions import MANAGE_TEMPLATES
from ..printing import gathered, printed
from ..rules.filters import filters_listed
from ..variables import scope_of_card
from .shapes import (
    CheckedTemplateOut,
    PrintNamesOut,
    PrintTemplateChangeIn,
    PrintTemplateIn,
    PrintTemplateOut,
    PrintTemplatePage,
)

_MINUTE, _PRINTS_A_MINUTE = 60, 60
_BY_TITLE = Grammar(
    filters={"kind": Filter("kind", str), "card_type": Filter("card_type", str)},
    orderings={"id": "id"},
    default_ordering="id",
)
_LIST = [
    OpenApiParameter("kind", str, required=True),
    OpenApiParameter("card_type", str, description="templates of this type and those of all types"),
    OpenApiParameter("archived", bool),
    OpenApiParameter("cursor", str),
    OpenApiParameter("limit", int),
]


class OutsideView(CompanyView):
    """Base of operations whose work takes seconds: the caller is checked in the company's scope, which is closed before
    a template is read. What they write is written in a scope of its own, the answer to a repetition with it."""

    limited = True

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with listening() as heard:
            response = super(CompanyView, self).dispatch(request, *args, **kwargs)
        record_reads(self, request.company, response, heard)
        return response

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        # Read whole before it is parsed: a repetition is known by it.
        _ = request.body
        with company_scope(request.company):
            caller = actor_of(request)
            self.request.actor, self.request.session_secret = caller.actor, caller.secret
            refuse_cross_site(request, signed_in_by_cookie=caller.by_cookie, secret=caller.secret)
            ScopedView.initial(self, request, *args, **kwargs)
            self.gather(**kwargs)
        remember_seen(request.company, self.actor)

    def gather(self, **kwargs: Any) -> None:
        """Read all that the work needs, in the company's scope."""

    def written(self, write: Callable[[], Response]) -> Response:
        """What `write` answers, or what it has answered under the same Idempotency-Key before. Replayed."""
        with company_scope(self.request.company):
            claim(self.request)
            response = write()
            remember(self.request, response)
        # Kept with its effect; the base would keep it once more, outside of any scope.
        self.request.idempotent = None
        return response

    def spend(self) -> None:
        """Count one piece of work. SlowDown."""
        limit("templates.make", str(self.actor.principal_id), times=_PRINTS_A_MINUTE, seconds=_MINUTE)


class PrintNamesView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(parameters=_LIST[:1], responses=PrintNamesOut)
    def get(self, request: Request) -> Response:
        """What may stand in {{ … }} of templates of a kind."""
        kind = kind_asked(request.query_params.get("kind", ""), self.actor)
        told = {"results": names_told(kind, self.actor), "filters": filters_listed()}
        return Response(told | {"pages_by": SUITE if suite() else OWN})


class PrintTemplatesView(OutsideView):
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "post": needs(MANAGE_TEMPLATES)}

    def gather(self, **kwargs: Any) -> None:
        if self.request.method == "POST":
            self.spend()
            told = PrintTemplateIn(data=self.request.data)
            told.is_valid(raise_exception=True)
            self.given = dict(told.validated_data)
            self.kind = kind_asked(self.given.pop("kind"), self.actor)

    @extend_schema(parameters=_LIST, responses=PrintTemplatePage)
    def get(self, request: Request) -> Response:
        """Templates by which cards of a kind are printed; those that were put away when asked for."""
        with company_scope(request.company):
            params = request.query_params.copy()
            kind = kind_asked(params.get("kind", ""), self.actor)
            rows = PrintTemplate.objects.filter(archived_at__isnull=params.pop("archived", ["false"])[-1] != "true")
            if (of_type := params.pop("card_type", [None])[-1]) is not None:
                rows = rows.filter(card_type__in=["", of_type])
            page = page_of(_BY_TITLE.narrow(rows.defer("content"), params), params, _BY_TITLE)
            return Response({"results": [template_out(row, kind) for row in page.rows], "next": page.next})

    @extend_schema(request=PrintTemplateIn, responses={201: PrintTemplateOut})
    def post(self, request: Request) -> Response:
        """Keep a template: a Word, Excel or HTML file with marks."""
        form, content = form_of(self.given["file_name"]), decoded(self.given.pop("content"))
        marks = marks_in(content, form)

        def write() -> Response:
            made = add_template(self.kind, given=self.given, form=form, content=content, marks=marks, by=self.actor)
            return with_etag(Response(template_out(made, self.kind), status=201), made)

        return self.written(write)


class PrintTemplateView(OutsideView):
    access: ClassVar[dict[str, Access]] = {"patch": needs(MANAGE_TEMPLATES)}
    versioned = frozenset({"patch"})

    def gather(self, **kwargs: Any) -> None:
        self.spend()
        self.template, self.kind = template_asked(kwargs["template_id"], self.actor)
        told = PrintTemplateChangeIn(data=self.request.data)
        told.is_valid(raise_exception=True)
        self.given = dict(told.validated_data)

    @extend_schema(request=PrintTemplateChangeIn, responses=PrintTemplateOut)
    def patch(self, request: Request, template_id: int) -> Response:
        """Change a template, put it away or bring it back."""
        if "content" in self.given:
            content = decoded(self.given["content"])
            self.given.setdefault("file_name", self.template.file_name)
            form = form_of(self.given["file_name"])
            self.given |= {"content": content, "form": form, "marks": marks_in(content, form)}
        else:
            self.given.pop("file_name", None)
        seen = seen_version(request)

        def write() -> Response:
            changed = change_template(self.template, kind=self.kind, given=self.given, by=self.actor, version=seen)
            return with_etag(Response(template_out(changed, self.kind)), changed)

        return self.written(write)


class PrintTemplateFileView(CompanyView):
    access: ClassVar[dict[str, Access]] = {"get": needs(MANAGE_TEMPLATES)}

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, template_id: int) -> HttpResponse:
        """The template itself, to be changed in an editor."""
        found, _ = template_asked(template_id, self.actor)
        return file_answer(base64.b64decode(found.content), found.file_name, TYPES[found.form], inline=False)


class PrintCheckView(OutsideView):
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    def gather(self, **kwargs: Any) -> None:
        self.spend()
        self.template, self.kind = template_asked(kwargs["template_id"], self.actor)
        self.scope = scope_of_card(visible_card(self.actor, self.kind, kwargs["card_id"]), self.kind, self.actor)

    @extend_schema(responses=CheckedTemplateOut)
    def get(self, request: Request, template_id: int, card_id: int) -> Response:
        """Every mark of a template with its value on a real card, and what is wrong with it."""
        lines = lines_in(base64.b64decode(self.template.content), self.template.form, self.scope)
        is_sound = not any(line["error"] or line["is_empty"] for line in lines)
        return Response({"results": lines, "is_sound": is_sound})


class PrintView(OutsideView):
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    def gather(self, **kwargs: Any) -> None:
        self.spend()
        template, kind = template_asked(kwargs["template_id"], self.actor)
        self.wanted = self.request.query_params.get("as") or PDF
        if self.wanted not in (PDF, template.form):
            raise Invalid({"as": f"По этому шаблону печатают {PDF} и {template.form}"})
        card = visible_card(self.actor, kind, kwargs["card_id"])
        self.name = " ".join(part for part in (template.title, card.number) if part)
        self.print = gathered(template, card, kind, wanted=self.wanted, by=self.actor)

    @extend_schema(
        parameters=[OpenApiParameter("as", str, description="pdf, or the template's own format")],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, template_id: int, card_id: int) -> HttpResponse:
        """A card printed by a template; `X-Print-Way` says what has laid out the pages: `own` or `office`."""
        made = printed(request.company, self.print)
        answer = file_answer(made.content, f"{self.name}.{self.wanted}", TYPES[self.wanted], inline=self.wanted == PDF)
        answer["X-Print-Way"] = made.way
        return answer


def kind_asked(code: str, actor: Any) -> EntityKind:
    """A kind that is printed and whose cards the actor may see. Errors: NothingToPrint, Forbidden."""
    kind = next((one for one in registry.live_kinds(enabled_modules()) if one.code == code), None)
    if kind is None or kind.prints is None:
        raise NothingToPrint()
    if not actor.may(kind.view):
        raise Forbidden()
    return kind


def template_asked(template_id: int, actor: Any) -> tuple[PrintTemplate, EntityKind]:
    found = PrintTemplate.objects.filter(pk=template_id).first()
    if found is None:
        raise NotFound()
    return found, kind_asked(found.kind, actor)


def decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise Invalid({"content": "Файл передан с ошибкой. Загрузите его ещё раз"}) from wrong


def template_out(row: PrintTemplate, kind: EntityKind) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "card_type": row.card_type,
        "title": row.title,
        "form": row.form,
        "file_name": row.file_name,
        "formats": [PDF, row.form],
        "marks_count": len(row.marks),
        "unknown": unknown_names(row.marks, kind),
        "is_archived": row.archived_at is not None,
        "changed_at": row.changed_at,
        "version": row.version,
    }


def file_answer(content: bytes, name: str, content_type: str, *, inline: bool) -> HttpResponse:
    told = {
        "Content-Disposition": disposition(name, inline=inline),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    if content_type == TYPES[HTML]:
        # A page that strangers have written runs nothing here. Browsers show no PDF under such a rule.
        told["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return HttpResponse(content, content_type=content_type, headers=told)
