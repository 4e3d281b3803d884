"""What a subscription allows on a day: the answer of billing to `core.entitlements`. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from core.entitlements.allowance import FULL, READ_ONLY, SUSPENDED, Allowance

from .life import Stage, Term, ends_on, stage_on
from .offers import Choice

_MODES = {Stage.READ_ONLY: READ_ONLY, Stage.SUSPENDED: SUSPENDED, Stage.DELETING: SUSPENDED}


def allowance_on(
    term: Term,
    choice: Choice,
    today: date,
    *,
    ceilings: Mapping[str, Decimal] = MappingProxyType({}),
    owes_extras: bool = False,
) -> Allowance:
    """Everything in the trial; then what the plan and its add-ons hold, as the stage lets it.

    `ceilings` are what the company is willing to spend on what it uses beyond that.
    """
    stage, until = stage_on(term, today), ends_on(term, today)
    if stage == Stage.TRIAL:
        return Allowance(stage=stage.value, until=until, paid_ahead=not term.is_free and term.due > term.trial_until)
    offer = choice.offer
    sold = [offer.add_ons[code] for code in choice.add_ons if code in offer.add_ons]
    modules = None if offer.modules is None else offer.modules.union(*(one.modules for one in sold))
    room = None if offer.storage_bytes is None else offer.storage_bytes + sum(one.storage_bytes for one in sold)
    return Allowance(
        mode=_MODES.get(stage, FULL),
        modules=modules,
        seats=None if offer.seats_included is None else (choice.seats or offer.seats_included),
        storage_bytes=room,
        volumes=offer.volumes,
        prices={code: str(extra.unit_price) for code, extra in offer.extras.items()},
        ceilings={code: str(amount) for code, amount in ceilings.items()},
        owes_extras=owes_extras,
        stage=stage.value,
        until=until,
    )
