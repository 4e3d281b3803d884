"""What options give the house: one place where a company decides what is left to it."""

from core.traits import Trait

from .events import OptionsChanged
from .permissions import MANAGE_OPTIONS
from .rest.routes import routes

trait = Trait(code="options", routes=routes, facts=(OptionsChanged,), permissions=(MANAGE_OPTIONS,))
