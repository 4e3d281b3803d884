"""What the registry of companies gives the house: its jobs and its reading of who may sign in."""

from collections.abc import Sequence

from core.context import Company, company_scope, control_scope
from core.events.bus import Reader, Told
from core.identity.events import EmailProved, UserJoined
from core.identity.models import User
from core.jobs.registry import Job
from core.organization.events import EmployeeBlocked, EmployeeUnblocked
from core.recurrence.actions import follow_the_clock
from core.traits import Trait

from .archives.taking import write_takeout
from .copies.jobs import COPY_NIGHTLY, copy_nightly
from .copies.notifications import TAKEN as COPY_GIVEN
from .erasing.events import ErasureAsked, ErasureCancelled
from .erasing.jobs import erase, look_for_unpaid, remind, sweep
from .erasing.notifications import ERASURE
from .events import CompanyBroughtBack, CompanyChanged, CopyTaken, ModulesChanged
from .jobs import fill_pool, tidy
from .letters import send_letter
from .licensing.events import LicencePut
from .logos import sweep_logo
from .memberships import forget, remember
from .permissions import MANAGE_COMPANY, MANAGE_COPIES, MANAGE_MODULES
from .reads import COPY_TAKEN
from .rest.routes import company_routes
from .rest.switch_routes import switch_routes

_CONCERNED = (UserJoined.kind, EmailProved.kind, EmployeeBlocked.kind, EmployeeUnblocked.kind)


def _learn_memberships(company: Company, facts: Sequence[Told]) -> None:
    for told in facts:
        _learn_membership(company, told)


def _learn_membership(company: Company, told: Told) -> None:
    """Bring the registry to what the company says of one person now, whatever the fact was.

    Two facts may be told at once and in any order, and the two sides cannot be locked together; so whoever has written
    looks once more, until what he wrote stands.
    """
    if told.ref is None:
        return
    written: tuple[str, bool] | None = None
    while (standing := _standing(company, told.ref.id)) != written and standing is not None:
        former = written
        email, may_enter = written = standing
        with control_scope():
            if former and former[0] != email:
                # He has taken another address while we wrote of the one before.
                forget(company.id, former[0])
            if may_enter:
                remember(company.id, email)
            else:
                forget(company.id, email)


def _standing(company: Company, employee_id: int) -> tuple[str, bool] | None:
    """(address, whether it lets in) of a person; None when he has none that is proved.

    Only a proved address counts: else anybody could have himself listed under another's.
    """
    with company_scope(company):
        proved = User.objects.filter(principal__employee=employee_id, email_verified_at__isnull=False)
        return proved.values_list("email", "principal__is_active").first()


def _live_by_the_clock(told: Told) -> None:
    """A company that has moved to another zone plans by the clock of its new place."""
    if any(change["field"] == "time_zone" for change in told.payload["changes"]):
        follow_the_clock()


trait = Trait(
    code="tenants",
    routes=(*switch_routes, *company_routes),
    permissions=(MANAGE_COMPANY, MANAGE_COPIES, MANAGE_MODULES),
    reads=(COPY_TAKEN,),
    facts=(
        CompanyBroughtBack,
        CompanyChanged,
        CopyTaken,
        LicencePut,
        ModulesChanged,
        ErasureAsked,
        ErasureCancelled,
    ),
    notifications=(ERASURE, COPY_GIVEN),
    jobs=(
        Job("tenants.letter", send_letter, control=True),
        Job("tenants.logo", sweep_logo),
        Job(COPY_NIGHTLY, copy_nightly, time_limit=540, attempts=5, patient=True),
        # Promised by `core.takeout`; a large company takes long, and twice is soon enough after a failure.
        Job("takeout.write", write_takeout, time_limit=3600, attempts=4),
        Job("tenants.pool", fill_pool, control=True, every=5, time_limit=300),
        Job("tenants.tidy", tidy, control=True, every=3600),
        # Both are promised for their days when an erasure is asked for.
        Job("tenants.erase", erase, control=True, time_limit=3600),
        Job("tenants.erase_rest", sweep, control=True, time_limit=600),
        Job("tenants.erasure_soon", remind, control=True),
        Job("tenants.unpaid", look_for_unpaid, control=True, every=3600, time_limit=120),
    ),
    readers=(
        Reader("tenants.membership", _CONCERNED, push=_learn_memberships),
        Reader("tenants.clock", (CompanyChanged.kind,), effect=_live_by_the_clock),
    ),
)
