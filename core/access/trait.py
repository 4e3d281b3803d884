"""What access gives the house."""

from core.traits import Trait

from .catalog import MANAGE_ROLES
from .seed import seed_roles

trait = Trait(code="access", permissions=(MANAGE_ROLES,), seed=seed_roles)
