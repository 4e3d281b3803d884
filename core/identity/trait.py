"""What identity gives the house."""

from core.traits import Trait

from .events import FACTS
from .rest.routes import routes

trait = Trait(code="identity", facts=FACTS, routes=routes)
