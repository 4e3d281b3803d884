"""What the registry of companies gives the house: its jobs and its reading of who joined."""

from core.context import company_scope, control_scope
from core.events.bus import Reader
from core.identity.events import EmailProved, UserJoined
from core.identity.models import User
from core.jobs.registry import Job
from core.traits import Trait

from .events import CompanyChanged, ModulesChanged
from .jobs import fill_pool, tidy
from .letters import send_letter
from .memberships import remember
from .permissions import MANAGE_COMPANY, MANAGE_MODULES
from .rest.routes import company_routes
from .rest.switch_routes import switch_routes


def _learn_membership(company, told) -> None:
    with company_scope(company):
        # Only a proved address: else anybody could have himself listed under another's.
        proved = User.objects.filter(pk=told.payload["user_id"], email_verified_at__isnull=False)
        email = proved.values_list("email", flat=True).first()
    if email:
        with control_scope():
            remember(company.id, email)


trait = Trait(
    code="tenants",
    routes=(*switch_routes, *company_routes),
    permissions=(MANAGE_COMPANY, MANAGE_MODULES),
    facts=(CompanyChanged, ModulesChanged),
    jobs=(
        Job("tenants.letter", send_letter, control=True),
        Job("tenants.pool", fill_pool, control=True, every=5, time_limit=300),
        Job("tenants.tidy", tidy, control=True, every=3600),
    ),
    readers=(Reader("tenants.membership", (UserJoined.kind, EmailProved.kind), push=_learn_membership),),
)
