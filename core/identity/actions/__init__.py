"""Changes of identity; what everybody needs is named here."""

from .epoch import card_of, move_epoch

__all__ = ["card_of", "move_epoch"]
