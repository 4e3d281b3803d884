"""What the live socket gives the house: a reading of every fact."""

from core.events.bus import Reader
from core.traits import Trait

from .announcing import announce

trait = Trait(code="realtime", readers=(Reader("realtime.announce", push=announce),))
