"""Modules of a company, switched by an operator. Opens its own scopes: making tables takes several."""

from core.context import control_scope
from core.registry import registry
from tenants.console.operators import OperatorActor
from tenants.console.permissions import ACT
from tenants.console.presence import actor_in_company
from tenants.models import Company
from tenants.provisioning.switching import switch_off, switch_on
from tenants.snapshots import inside

from .audit import note_deed
from .companies import locked_by_id, read_reason


def switch_module(
    company_id: int, *, code: str, enabled: bool, with_needed: bool, reason: str, by: OperatorActor
) -> Company:
    """Switch a module on or off; the journal's line stands with the switch or not at all.

    Errors: NotFound, Invalid, NeedsModule, NotInPlan, Unavailable.
    """
    by.must(ACT)
    why = read_reason(reason)
    with control_scope():
        company = locked_by_id(company_id)
        with inside(company):
            doer = actor_in_company(by.operator)

    def note(turned: Company) -> None:
        named = {"code": code, "module": registry.modules[code].title}
        before, after = {**named, "enabled": not enabled}, {**named, "enabled": enabled}
        note_deed("company.module", by=by, company=turned, before=before, after=after, reason=why)

    schema = company.schema_name
    if enabled:
        return switch_on(schema, code, together=with_needed, by=doer, also=note)
    return switch_off(schema, code, by=doer, also=note)
