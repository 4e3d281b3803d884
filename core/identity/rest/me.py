"""Who I am, what I may, what my menu holds."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.access.actor import Actor
from core.access.loading import SUPPORT
from core.access.permissions import EVERYTHING
from core.context import current_company
from core.identity.models import User
from core.organization.people import people
from core.registry import registry
from core.rest.access import SIGNED_IN
from core.rest.request import Request
from core.rest.views import CompanyView

from .browser import csrf_of, face_of, user_id_of
from .serializers import MeOut

# What a banner tells of what the company has paid for.
_ALLOWED = ("mode", "stage", "until", "paid_ahead")


class MeView(CompanyView):
    works_unpaid = True
    access = {"get": SIGNED_IN}

    @extend_schema(responses={200: MeOut})
    def get(self, request: Request) -> Response:
        actor, company = self.actor, current_company()
        person = people([actor.principal_id])[actor.principal_id]
        email, proved = User.objects.values_list("email", "email_verified_at").get(pk=user_id_of(actor))
        about = {name: person[name] for name in ("id", "full_name", "name", "initials", "photo_url")}
        return Response(
            {
                **about,
                "email": email,
                "email_verified": proved is not None,
                "company": {**face_of(company), "time_zone": company.time_zone},
                "allowance": {name: getattr(company.allowance, name) for name in _ALLOWED},
                "permissions": permissions_of(actor, company.modules),
                "field_limits": actor.limits,
                "is_admin": EVERYTHING in actor.grants,
                "has_options": any(actor.may(what.permission) for what in registry.live_options().values()),
                "modules": modules_of(company.modules),
                "menu": menu_of(actor, company.modules),
                "csrf_token": csrf_of(request, actor),
                "support": support_of(actor),
            }
        )


def support_of(actor: Actor) -> dict[str, Any] | None:
    """What the banner of the service's people tells; None for everybody else."""
    return {"until": actor.ends_at, "reads_only": actor.reads_only} if actor.door == SUPPORT else None


def permissions_of(actor: Actor, enabled: frozenset[str]) -> dict[str, str]:
    """Permission code → widest scope held, of core and of modules that are on."""
    held = {}
    for permission in registry.permissions().values():
        scope = actor.scope_of(permission)
        if scope is not None and (permission.module not in registry.modules or permission.module in enabled):
            held[permission.code] = scope
    return held


def modules_of(enabled: frozenset[str]) -> list[dict[str, Any]]:
    """All modules of the product, with whether the company has them on."""
    modules = (registry.modules[code] for code in registry.module_order())
    return [
        {"code": m.code, "title": m.title, "icon": m.icon, "group": m.group, "enabled": m.code in enabled}
        for m in modules
    ]


def menu_of(actor: Actor, enabled: frozenset[str]) -> list[dict[str, Any]]:
    """Lines of the rail that the actor may open, with their figures."""
    modules = (registry.modules[code] for code in registry.module_order() if code in enabled)
    lines = [(module, item) for module in modules for item in module.menu if actor.may(item.permission)]
    return [
        {
            "code": module.code,
            "title": item.title,
            "icon": item.icon,
            "group": module.group,
            "route": item.route,
            "count": item.count(actor) if item.count else None,
        }
        for module, item in sorted(lines, key=lambda line: line[1].place)
    ]
