"""What a subscription allows on a day: the answer of billing to `core.entitlements`. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from core.entitlements.allowance import FULL, READ_ONLY, SUSPENDED, Allowance
from core.metering.meters import METERS

from .life import Stage, Term, ends_on, stage_on
from .offers import Choice, Offer

_MODES = {Stage.READ_ONLY: READ_ONLY, Stage.SUSPENDED: SUSPENDED, Stage.DELETING: SUSPENDED}

# What a plan does not sell of these it does not include either.
_EVENTS = [meter.code for meter in METERS.values() if not meter.is_level]


def allowance_on(
    term: Term,
    choice: Choice,
    today: date,
    *,
    ceilings: Mapping[str, Decimal] = MappingProxyType({}),
    owes_extras: bool = False,
) -> Allowance:
    """Everything in the trial, but no more of what costs money than is given; then what the plan and its add-ons hold,
    as the stage lets it.

    `ceilings` are what the company is willing to spend on what it uses beyond that.
    """
    stage, until = stage_on(term, today), ends_on(term, today)
    offer = choice.offer
    if stage == Stage.TRIAL:
        is_ahead = not term.is_free and term.due > term.trial_until
        return Allowance(stage=stage.value, until=until, volumes=_given(offer), paid_ahead=is_ahead)
    sold = [offer.add_ons[code] for code in choice.add_ons if code in offer.add_ons]
    modules = None if offer.modules is None else offer.modules.union(*(one.modules for one in sold))
    room = None if offer.storage_bytes is None else offer.storage_bytes + sum(one.storage_bytes for one in sold)
    return Allowance(
        mode=_MODES.get(stage, FULL),
        modules=modules,
        seats=None if offer.seats_included is None else (choice.seats or offer.seats_included),
        storage_bytes=room,
        volumes=dict.fromkeys(_EVENTS, "0") | dict(offer.volumes),
        prices={code: str(extra.unit_price) for code, extra in offer.extras.items()},
        ceilings={code: str(amount) for code, amount in ceilings.items()},
        owes_extras=owes_extras,
        stage=stage.value,
        until=until,
    )


def _given(offer: Offer) -> dict[str, str]:
    """For nothing until the trial ends; whoever has bought a plan meanwhile has what it includes at least."""
    return {code: str(max(METERS[code].given, int(Decimal(offer.volumes.get(code, "0"))))) for code in _EVENTS}
