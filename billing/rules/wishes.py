"""What somebody has chosen on the price page, before anybody knows whether it is sold."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wish:
    """A plan by its code; `seats` None is as many as the plan includes."""

    plan: str
    period: str
    seats: int | None = None
    add_ons: tuple[str, ...] = ()
