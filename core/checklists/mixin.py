"""The mark that a kind of card takes in its class line."""

from typing import ClassVar


class Checkable:
    """It has a checklist. Where `POINTS_ARE_TICKED` is false it is a pattern that other cards are made from."""

    POINTS_ARE_TICKED: ClassVar[bool] = True


def are_ticked(model: type) -> bool:
    """Whether the points of a kind's cards are there to be done."""
    return issubclass(model, Checkable) and model.POINTS_ARE_TICKED
