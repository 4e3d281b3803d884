"""The one place where sums and quantities are rounded."""

from decimal import ROUND_HALF_UP, Context, Decimal

# Wide enough for whatever a column of the house holds.
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


def half_up(number: Decimal, places: int) -> Decimal:
    """The number with exactly so many digits after the point (before it, when negative), halves away from zero."""
    rounded = number.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    return rounded if places >= 0 else rounded.quantize(Decimal(1), context=_WIDE)
