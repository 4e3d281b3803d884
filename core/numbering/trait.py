"""What numbering gives the house: masks that administrators set."""

from core.traits import Trait

from .events import MaskChanged
from .permissions import MANAGE_NUMBERS
from .rest.routes import routes

trait = Trait(code="numbering", permissions=(MANAGE_NUMBERS,), routes=routes, facts=(MaskChanged,))
