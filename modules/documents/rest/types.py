"""Types of documents with what they ask for, and templates."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.custom_fields.queries import types_of
from core.errors import NotFound
from core.registry import registry
from core.rest.access import Access, needs
from core.rest.cards import seen_version, with_etag
from core.rest.fields import LineField, TextField
from core.rest.request import Request
from core.rest.views import CompanyView
from core.templates.rules.values import Sort
from core.templates.variables import COMMON
from modules.documents.actions.filling import VARIABLES, unknown_names
from modules.documents.actions.types import change_template, make_template, set_rules
from modules.documents.models import Document, DocumentTemplate, TypeRules
from modules.documents.permissions import CREATE, RULES, VIEW
from modules.documents.queries import holds_one, role_codes, rules_of_each

_MOST = 200


def _roles(**more: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(max_length=50), max_length=20, **more)


class DocumentRulesIn(serializers.Serializer):
    """Only what is given changes."""

    direction = serializers.ChoiceField(TypeRules.Direction.choices, required=False)
    needs_route = serializers.BooleanField(required=False)
    author_registers = serializers.BooleanField(required=False)
    is_closed = serializers.BooleanField(required=False)
    create_roles = _roles(required=False)
    register_roles = _roles(required=False)
    reader_roles = _roles(required=False)
    answer_days = serializers.IntegerField(min_value=0, max_value=365, required=False)
    has_lines = serializers.BooleanField(required=False, help_text="whether they have lines of minutes")


class DocumentRulesOut(serializers.Serializer):
    """A type of documents; the kind's own has an empty code."""

    code = serializers.CharField(allow_blank=True)
    title = serializers.CharField()
    direction = serializers.ChoiceField(TypeRules.Direction.choices)
    needs_route = serializers.BooleanField()
    author_registers = serializers.BooleanField()
    is_closed = serializers.BooleanField()
    create_roles = _roles()
    register_roles = _roles()
    reader_roles = _roles()
    answer_days = serializers.IntegerField()
    has_lines = serializers.BooleanField()
    may_create = serializers.BooleanField(help_text="whether the caller may make such documents")
    version = serializers.IntegerField()


class DocumentTypesOut(serializers.Serializer):
    results = DocumentRulesOut(many=True)


class DocumentTemplateIn(serializers.Serializer):
    title = LineField(max_length=200)
    card_type = serializers.CharField(max_length=40, allow_blank=True, required=False)
    subject = LineField(help_text="title of the document, with places like {{ контрагент }}")
    content = TextField(required=False)


class DocumentTemplateChangeIn(DocumentTemplateIn):
    is_archived = serializers.BooleanField(required=False)


class DocumentTemplateOut(serializers.Serializer):
    """A template; `unknown` are names in it that stand for nothing."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    card_type = serializers.CharField(allow_blank=True)
    subject = serializers.CharField()
    content = serializers.CharField()
    is_archived = serializers.BooleanField()
    unknown = serializers.ListField(child=serializers.CharField())
    version = serializers.IntegerField()


class DocumentTemplatesOut(serializers.Serializer):
    results = DocumentTemplateOut(many=True)
    names = serializers.ListField(child=serializers.CharField(), help_text="what may stand in {{ … }}")


class TypesView(CompanyView):
    """All living types with what they ask for, in their order."""

    module = "documents"
    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW)}

    @extend_schema(responses=DocumentTypesOut)
    def get(self, request: Request) -> Response:
        titles = {"": registry.kind_of(Document.KIND).title} | {one.code: one.title for one in types_of(Document.KIND)}
        rules = rules_of_each(titles)
        may, held = self.actor.may(CREATE), role_codes(self.actor)
        shown = [
            _type(rules[code], title) | {"may_create": may and holds_one(self.actor, rules[code].create_roles, held)}
            for code, title in titles.items()
        ]
        return Response({"results": shown})


class TypeRulesView(CompanyView):
    """What documents of one type ask for; `own` is the kind's own type."""

    module = "documents"
    versioned = frozenset({"patch"})
    access: ClassVar[dict[str, Access]] = {"patch": needs(RULES)}

    @extend_schema(request=DocumentRulesIn, responses=DocumentRulesOut)
    def patch(self, request: Request, code: str) -> Response:
        told = DocumentRulesIn(data=request.data)
        told.is_valid(raise_exception=True)
        code = "" if code == "own" else code
        rules = set_rules(code, given=told.validated_data, by=self.actor, version=seen_version(request))
        known = {one.code: one.title for one in types_of(Document.KIND)}
        shown = _type(rules, known.get(code, registry.kind_of(Document.KIND).title))
        may = self.actor.may(CREATE) and holds_one(self.actor, rules.create_roles)
        return with_etag(Response(shown | {"may_create": may}), rules)


class TemplatesView(CompanyView):
    """Templates of documents; those that were put away only when asked for."""

    module = "documents"
    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW), "post": needs(RULES)}

    @extend_schema(parameters=[OpenApiParameter("archived", bool)], responses=DocumentTemplatesOut)
    def get(self, request: Request) -> Response:
        rows = DocumentTemplate.objects.order_by("title", "pk")
        if request.query_params.get("archived") != "true":
            rows = rows.filter(archived_at__isnull=True)
        return Response({"results": [_template(row) for row in rows[:_MOST]], "names": _names()})

    @extend_schema(request=DocumentTemplateIn, responses={201: DocumentTemplateOut})
    def post(self, request: Request) -> Response:
        told = DocumentTemplateIn(data=request.data)
        told.is_valid(raise_exception=True)
        made = make_template(given=told.validated_data, by=self.actor)
        return with_etag(Response(_template(made), status=201), made)


class TemplateView(CompanyView):
    """One template."""

    module = "documents"
    versioned = frozenset({"patch"})
    access: ClassVar[dict[str, Access]] = {"patch": needs(RULES)}

    @extend_schema(request=DocumentTemplateChangeIn, responses=DocumentTemplateOut)
    def patch(self, request: Request, template_id: int) -> Response:
        found = DocumentTemplate.objects.filter(pk=template_id).first()
        if found is None:
            raise NotFound()
        told = DocumentTemplateChangeIn(data=request.data, partial=True)
        told.is_valid(raise_exception=True)
        given = told.validated_data
        changed = change_template(found, given=given, by=self.actor, version=seen_version(request))
        return with_etag(Response(_template(changed)), changed)


def _names() -> list[str]:
    """What may stand in {{ … }} of a template; pictures belong to prints alone."""
    return sorted(one.name for one in (*COMMON, *VARIABLES) if one.sort != Sort.PICTURE)


def _type(rules: TypeRules, title: str) -> dict[str, Any]:
    return {
        "code": rules.code,
        "title": title,
        "direction": rules.direction,
        "needs_route": rules.needs_route,
        "author_registers": rules.author_registers,
        "is_closed": rules.is_closed,
        "create_roles": rules.create_roles,
        "register_roles": rules.register_roles,
        "reader_roles": rules.reader_roles,
        "answer_days": rules.answer_days,
        "has_lines": rules.has_lines,
        "version": rules.version,
    }


def _template(row: DocumentTemplate) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "card_type": row.card_type,
        "subject": row.subject,
        "content": row.content,
        "is_archived": row.archived_at is not None,
        "unknown": unknown_names(f"{row.subject} {row.content}"),
        "version": row.version,
    }
