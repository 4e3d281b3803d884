"""What operators have done, said in the transaction of the act itself."""

from typing import Any

from core.verb import verb
from tenants.console.models import Deed
from tenants.console.operators import OperatorActor
from tenants.models import Company


@verb
def note_deed(
    kind: str,
    *,
    by: OperatorActor | None,
    company: Company | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    who: str = "",
) -> Deed:
    """Write one line of the journal; `who` names whoever acts without being signed in: the command line, a refused one.

    In a control scope.
    """
    return Deed.objects.create(
        kind=kind,
        operator=by.operator if by else None,
        who=by.operator.full_name if by else who,
        company_id=company.pk if company else None,
        company_slug=company.slug if company else "",
        ip=by.visitor.ip if by else None,
        user_agent=by.visitor.user_agent if by else "",
        door=by.door if by else "command",
        before=before or {},
        after=after or {},
        reason=reason,
    )
