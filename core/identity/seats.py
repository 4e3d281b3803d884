"""Seats that a company pays for: whoever can sign in has one, and a mailed invitation keeps one. Guests have none."""

from core.entitlements.errors import SeatsOver
from core.entitlements.port import allowance

from .queries import lock_seats, seats_taken


def take_seats(number: int, *, email: str = "") -> None:
    """Refuse unless so many seats are free now; nobody else takes one until the transaction ends. SeatsOver.

    The invitation to `email` gives its seat to whoever comes by it. Without a limit nothing is asked of the database.
    """
    seats = allowance().seats
    if seats is None or number < 1:
        return
    lock_seats()
    taken = seats_taken(besides=email)
    if taken + number > seats:
        raise SeatsOver(seats=seats, taken=taken)
