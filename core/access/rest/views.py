"""Roles and the catalogue of permissions."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.access.actions import change_role, create_role, limit_fields, remove_role
from core.access.catalog import MANAGE_ROLES
from core.access.models import Role
from core.access.permissions import Permission
from core.access.seed import ALMIGHTY
from core.context import enabled_modules
from core.entities.kinds import EntityKind
from core.errors import NotFound, Stale
from core.organization.permissions import VIEW_PEOPLE
from core.registry import registry
from core.rest.access import needs
from core.rest.cards import seen_version, with_etag
from core.rest.request import Request
from core.rest.views import CompanyView

from .serializers import LimitableList, LimitLines, PermissionList, RoleChanges, RoleList, RoleNew, RoleOut

# Headings for permissions of core; those of modules stand under the module's title.
_CORE_GROUPS = {
    "organization": "Сотрудники",
    "access": "Права доступа",
    "tenants": "Компания",
    "appeals": "Компания",
    "console": "Компания",
    "custom_fields": "Компания",
    "reads": "Компания",
    "tags": "Компания",
}
_OTHER_GROUP = "Общее"


class RolesView(CompanyView):
    """Roles are seen by whoever sees people, because cards name them."""

    access = {"get": needs(VIEW_PEOPLE), "post": needs(MANAGE_ROLES)}

    @extend_schema(responses={200: RoleList})
    def get(self, request: Request) -> Response:
        return Response({"results": [role_out(role) for role in roles()]})

    @extend_schema(request=RoleNew, responses={201: RoleOut})
    def post(self, request: Request) -> Response:
        form = RoleNew(data=request.data)
        form.is_valid(raise_exception=True)
        role = create_role(**{"grants": []} | form.validated_data, by=self.actor)
        return with_etag(Response(role_out(one_role(role.code)), status=201), role)


class RoleView(CompanyView):
    versioned = frozenset({"patch"})
    access = {"get": needs(VIEW_PEOPLE), "patch": needs(MANAGE_ROLES), "delete": needs(MANAGE_ROLES)}

    @extend_schema(responses={200: RoleOut})
    def get(self, request: Request, code: str) -> Response:
        role = one_role(code)
        return with_etag(Response(role_out(role)), role)

    @extend_schema(request=RoleChanges, responses={200: RoleOut})
    def patch(self, request: Request, code: str) -> Response:
        form = RoleChanges(data=request.data)
        form.is_valid(raise_exception=True)
        try:
            change_role(one_role(code), **form.validated_data, version=seen_version(request), by=self.actor)
        except Stale as stale:
            raise Stale(current=role_out(one_role(code))) from stale
        role = one_role(code)
        return with_etag(Response(role_out(role)), role)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, code: str) -> Response:
        remove_role(one_role(code), by=self.actor)
        return Response(status=204)


class RoleFieldsView(CompanyView):
    """What a role keeps people from in fields of cards."""

    versioned = frozenset({"put"})
    access = {"put": needs(MANAGE_ROLES)}

    @extend_schema(request=LimitLines, responses={200: RoleOut})
    def put(self, request: Request, code: str) -> Response:
        form = LimitLines(data=request.data)
        form.is_valid(raise_exception=True)
        try:
            limit_fields(one_role(code), **form.validated_data, version=seen_version(request), by=self.actor)
        except Stale as stale:
            raise Stale(current=role_out(one_role(code))) from stale
        role = one_role(code)
        return with_etag(Response(role_out(role)), role)


class LimitableFieldsView(CompanyView):
    """Fields of cards that a role may be kept from, of core and of the modules that are on."""

    access = {"get": needs(MANAGE_ROLES)}

    @extend_schema(responses={200: LimitableList})
    def get(self, request: Request) -> Response:
        kinds = [kind for kind in registry.live_kinds(enabled_modules()) if kind.fields]
        return Response({"results": [limitable_out(kind) for kind in kinds]})


class PermissionsView(CompanyView):
    access = {"get": needs(MANAGE_ROLES)}

    @extend_schema(responses={200: PermissionList})
    def get(self, request: Request) -> Response:
        shown = [p for p in registry.permissions().values() if is_on(p)]
        return Response({"results": [permission_out(permission) for permission in shown]})


def roles() -> QuerySet[Role]:
    """Roles with their grants and the number of working people who hold them, system ones first."""
    holders = Count("assignments", filter=Q(assignments__principal__is_active=True))
    return Role.objects.annotate(holders=holders).prefetch_related("grants", "limits").order_by("-is_system", "pk")


def one_role(code: str) -> Role:
    role = roles().filter(code=code).first()
    if role is None:
        raise NotFound()
    return role


def role_out(role: Any) -> dict[str, Any]:
    grants = sorted(role.grants.all(), key=lambda grant: grant.permission)
    limits = sorted(role.limits.all(), key=lambda limit: (limit.kind, limit.field))
    return {
        "code": role.code,
        "title": role.title,
        "is_system": role.is_system,
        "can_change": role.code not in ALMIGHTY,
        "grants": [{"permission": grant.permission, "scope": grant.scope} for grant in grants],
        "limits": [{"kind": limit.kind, "field": limit.field, "level": limit.level} for limit in limits],
        "employees_count": role.holders,
        "version": role.version,
    }


def is_on(permission: Permission) -> bool:
    """Whether the permission is core's own or its module is switched on in this company."""
    return permission.module not in registry.modules or permission.module in enabled_modules()


def permission_out(permission: Permission) -> dict[str, Any]:
    module = registry.modules.get(permission.module)
    group = module.title if module else _CORE_GROUPS.get(permission.module, _OTHER_GROUP)
    return {"code": permission.code, "title": permission.title, "group": group, "scopes": list(permission.scopes)}


def limitable_out(kind: EntityKind) -> dict[str, Any]:
    fields = [{"code": field.code, "title": field.title} for field in kind.fields]
    return {"kind": kind.code, "title": kind.title, "fields": fields}
