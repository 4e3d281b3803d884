"""The port through which core asks what a company has paid for; billing answers by what it leaves in the snapshot."""

from core.context import Company, current_company

from .allowance import FULL, READ_ONLY, Allowance
from .errors import LicenceOver, NotInPlan, ReadsOnly, StorageOver, Suspended

# Where modules stand; what core has belongs to every plan.
_MODULES = "modules"


def allowance() -> Allowance:
    """What the company of the open scope may do."""
    return current_company().allowance


def must_be_open(company: Company, *, writes: bool) -> None:
    """Refuse a company that has not paid: to change anything at first, later to work at all. ReadsOnly, Suspended."""
    mode = company.allowance.mode
    if mode == FULL:
        return
    if mode != READ_ONLY:
        raise Suspended()
    if writes:
        raise LicenceOver() if company.allowance.is_licensed else ReadsOnly()


def must_hold(company_allowance: Allowance, module: str) -> None:
    """Refuse to add anything to a module that the plan does not hold. Errors: NotInPlan."""
    if not company_allowance.has_module(module):
        raise NotInPlan(module)


def must_take(app: str) -> None:
    """Refuse a new card of an app whose module the plan does not hold, whichever way it comes. Errors: NotInPlan."""
    package, _, module = app.partition(".")
    if package == _MODULES:
        must_hold(allowance(), module)


def must_fit(size: int, *, used: int, limit: int) -> None:
    """Refuse bytes beyond what is paid for. Errors: StorageOver."""
    if used + size > limit:
        raise StorageOver(limit=limit, used=used)
