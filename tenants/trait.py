"""What the registry of companies gives the house: its jobs and its reading of who joined."""

from core.context import company_scope, control_scope
from core.events.bus import Reader
from core.identity.events import UserJoined
from core.identity.models import User
from core.jobs.registry import Job
from core.traits import Trait

from .letters import send_letter
from .memberships import remember
from .provisioning.pool import refill, sweep


def _fill_pool(company: None, subject_id: int) -> None:
    sweep()
    refill()


def _learn_membership(company, told) -> None:
    with company_scope(company):
        email = User.objects.filter(pk=told.payload["user_id"]).values_list("email", flat=True).first()
    if email:
        with control_scope():
            remember(company.id, email)


trait = Trait(
    code="tenants",
    jobs=(
        Job("tenants.letter", send_letter, control=True),
        Job("tenants.pool", _fill_pool, control=True, every=5, time_limit=300),
    ),
    readers=(Reader("tenants.membership", (UserJoined.kind,), push=_learn_membership),),
)
