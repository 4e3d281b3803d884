"""What access gives the house."""

from core.traits import Trait

from .catalog import MANAGE_ROLES
from .events import RoleChanged, RoleCreated, RoleRemoved, RolesGiven
from .rest.routes import routes
from .seed import seed_roles

trait = Trait(
    code="access",
    routes=routes,
    facts=(RoleCreated, RoleChanged, RoleRemoved, RolesGiven),
    permissions=(MANAGE_ROLES,),
    seed=seed_roles,
)
