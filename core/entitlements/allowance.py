"""What a company may do by what it pays for. Pure: it stands in the company's snapshot, so asking is free."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

FULL, READ_ONLY, SUSPENDED = "full", "read_only", "suspended"
# From here on people are warned, in percent of a limit.
NEAR, FILLED = 80, 100
_STORAGE = "storage"
_GB = 1024**3


@dataclass(frozen=True)
class Allowance:
    """Limits are None where there is none; without billing everything is allowed.

    `mode` is full, read_only or suspended. `volumes` are free volumes of what is metered, by code, in a month, `prices`
    what a unit beyond costs, `ceilings` what the company is willing to spend on it in a month; `owes_extras` that an
    invoice for such things is overdue. `stage` and `until` are what a banner tells: where in its life the subscription
    is, and the day on which that ends. `paid_ahead` says of a trial that what follows it is paid for: its end is
    nothing to warn of.
    """

    mode: str = FULL
    modules: frozenset[str] | None = None
    seats: int | None = None
    storage_bytes: int | None = None
    volumes: Mapping[str, str] = field(default_factory=dict)
    prices: Mapping[str, str] = field(default_factory=dict)
    ceilings: Mapping[str, str] = field(default_factory=dict)
    owes_extras: bool = False
    stage: str = ""
    until: date | None = None
    paid_ahead: bool = False

    @classmethod
    def of(cls, told: Mapping[str, Any] | None) -> "Allowance":
        """Read what `told` wrote; everything is allowed where nothing is said."""
        if not told:
            return EVERYTHING
        modules, until = told["modules"], told["until"]
        return cls(
            mode=told["mode"],
            modules=None if modules is None else frozenset(modules),
            seats=told["seats"],
            storage_bytes=told["storage_bytes"],
            volumes=told["volumes"],
            # A row that was written before these were told says nothing of them until its subscription moves.
            prices=told.get("prices", {}),
            ceilings=told.get("ceilings", {}),
            owes_extras=told.get("owes_extras", False),
            stage=told["stage"],
            until=date.fromisoformat(until) if until else None,
            paid_ahead=told.get("paid_ahead", False),
        )

    def told(self) -> dict[str, Any]:
        """As JSON, the same for the same allowance."""
        return {
            "mode": self.mode,
            "modules": None if self.modules is None else sorted(self.modules),
            "seats": self.seats,
            "storage_bytes": self.storage_bytes,
            "volumes": dict(self.volumes),
            "prices": dict(self.prices),
            "ceilings": dict(self.ceilings),
            "owes_extras": self.owes_extras,
            "stage": self.stage,
            "until": self.until.isoformat() if self.until else None,
            "paid_ahead": self.paid_ahead,
        }

    @property
    def is_licensed(self) -> bool:
        """Whether a licence of an own server says so, and no subscription."""
        return self.stage.startswith("licence")

    @property
    def room(self) -> int | None:
        """How many bytes fit: the quota, and beyond it as many gigabytes as the company is willing to pay for."""
        price, ceiling = self.price_of(_STORAGE), self.ceiling_of(_STORAGE)
        if self.storage_bytes is None or not price or ceiling is None or self.owes_extras:
            return self.storage_bytes
        return self.storage_bytes + int((ceiling / price).to_integral_value(ROUND_FLOOR)) * _GB

    def price_of(self, code: str) -> Decimal | None:
        """What a unit of a metered extra costs; None where it is not sold."""
        return Decimal(self.prices[code]) if code in self.prices else None

    def ceiling_of(self, code: str) -> Decimal | None:
        """What the company is willing to spend on an extra in a month; None where it has said nothing."""
        return Decimal(self.ceilings[code]) if code in self.ceilings else None

    def has_module(self, code: str) -> bool:
        return self.modules is None or code in self.modules


def level(used: int, limit: int | None) -> str:
    """How near a limit is: `free`, `near` from 80 %, `filled` from 100 %."""
    if limit is None or used * 100 < limit * NEAR:
        return "free"
    return "near" if used * 100 < limit * FILLED else "filled"


EVERYTHING = Allowance()
