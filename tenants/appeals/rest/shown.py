"""What both sides see of an appeal. An operator sees what was sent, and of the company its name and plan."""

from typing import Any

from core.registry import registry
from tenants.appeals.models import Appeal
from tenants.console.operators import OperatorActor
from tenants.console.parts import lines_of


def appeal_out(row: Appeal, *, reader: int) -> dict[str, Any]:
    """An appeal as its company reads it."""
    named = ("topic", "state", "author", "context", "created_at", "moved_at")
    told = {name: getattr(row, name) for name in named}
    return {"id": row.pk, "is_own": row.principal_id == reader, "card_kind_title": _kind_title(row), **told}


def queued_out(row: Appeal) -> dict[str, Any]:
    """A line of the operators' queue."""
    named = ("topic", "state", "author", "company_id", "operator_id", "created_at", "moved_at")
    return {
        "id": row.pk,
        "company_name": row.company.name,
        "operator_name": row.operator.full_name if row.operator else None,
        **{name: getattr(row, name) for name in named},
    }


def card_out(row: Appeal, by: OperatorActor) -> dict[str, Any]:
    """One appeal as an operator reads it."""
    plan = lines_of([row.company_id])[row.company_id].get("plan")
    return {
        **queued_out(row),
        "plan": f"{plan['title']}, {plan['stage_title'].lower()}" if plan else "",
        "context": row.context,
        "card_kind_title": _kind_title(row),
        "is_mine": row.operator_id == by.operator.pk,
    }


def _kind_title(row: Appeal) -> str:
    code = row.context.get("card_kind", "")
    kind = registry.kind(code) if code else None
    return kind.title if kind else code
