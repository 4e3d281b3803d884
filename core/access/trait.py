"""What access gives the house."""

from core.entities.models import Entity
from core.handover.registry import Stays
from core.traits import Trait

from .catalog import MANAGE_ROLES
from .events import FieldLimitsChanged, RoleChanged, RoleCreated, RoleRemoved, RolesGiven
from .models import RoleAssignment
from .reads import RIGHTS_SHOWN, SEERS_SHOWN
from .rest.cards import CardExplanationView, CardSeersView
from .rest.routes import routes
from .seed import seed_roles

trait = Trait(
    code="access",
    # Every card can be asked who sees it.
    mixin=Entity,
    card_views=(("access/", CardSeersView), ("access/<int:employee_id>/", CardExplanationView)),
    routes=routes,
    facts=(RoleCreated, RoleChanged, RoleRemoved, FieldLimitsChanged, RolesGiven),
    permissions=(MANAGE_ROLES,),
    reads=(SEERS_SHOWN, RIGHTS_SHOWN),
    seed=seed_roles,
    stays=(
        Stays("his roles come back with him, and do nothing while he is blocked", ((RoleAssignment, "principal"),)),
    ),
)
