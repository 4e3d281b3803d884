"""Changes of identity; what everybody needs is named here."""

from .epoch import card_of, move_epochs

__all__ = ["card_of", "move_epochs"]
