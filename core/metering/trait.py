"""What metering gives the house: the counting door, a word to the owners."""

from core.traits import Trait

from .notifications import CEILING

trait = Trait(code="metering", notifications=(CEILING,))
