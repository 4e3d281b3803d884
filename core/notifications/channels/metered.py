"""SMS by the installation's account cost the company money: asked before one goes, counted when one has gone."""

from typing import Any

from core.gateways.models import Gateway
from core.gateways.queries import gateway
from core.gateways.rules import SMS as GATEWAY
from core.gateways.sms.segments import segments
from core.metering.actions import count, must_afford
from core.metering.errors import CeilingReached, ExtrasUnpaid, NotIncluded
from core.metering.meters import SMS

# In a trace: the installation pays the provider, and for so many parts at least.
METERED, PARTS = "metered", "parts"


def sms_marks(text: str) -> dict[str, Any]:
    """What a trace keeps of a message that is about to go; nothing of one that goes by an account of the company."""
    if gateway(GATEWAY).mode != Gateway.Mode.PLATFORM:
        return {}
    return {METERED: True, PARTS: segments(text)}


def sms_refusal(marks: dict[str, Any]) -> str:
    """Why the company does not pay for this message; empty when it may go."""
    if not marks:
        return ""
    try:
        must_afford(SMS, volume=marks[PARTS])
    except (CeilingReached, ExtrasUnpaid, NotIncluded) as refusal:
        return refusal.detail
    return ""


def must_afford_sms() -> None:
    """Refuse to promise somebody a message that would not go. Errors: CeilingReached, ExtrasUnpaid, NotIncluded."""
    if gateway(GATEWAY).mode == Gateway.Mode.PLATFORM:
        must_afford(SMS)


def count_sms(delivery_id: int, trace: dict[str, Any]) -> None:
    """A message has gone: told again, by its answer or by the provider later, it counts once."""
    if trace.get(METERED):
        count(SMS, key=f"delivery:{delivery_id}", volume=max(int(trace.get("segments") or trace[PARTS]), 1))
