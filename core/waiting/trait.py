"""What the queue gives the house: its two addresses. Its sources are told by others."""

from core.traits import Trait

from .rest.routes import routes

trait = Trait(code="waiting", routes=routes)
