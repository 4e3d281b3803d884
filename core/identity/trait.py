"""What identity gives the house."""

from core.traits import Trait

from .events import AccessChanged, UserJoined

trait = Trait(code="identity", facts=(UserJoined, AccessChanged))
