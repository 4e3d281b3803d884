"""Meters and what is counted by them."""

import time
from decimal import Decimal, InvalidOperation
from typing import Any

from infra.sandbox.stripe import forms
from infra.sandbox.stripe.forms import Params
from infra.sandbox.stripe.ledger import Ledger, Obj, new
from infra.sandbox.stripe.periods import DAY
from infra.sandbox.stripe.refusals import wrong

_OLDEST, _AHEAD = 35 * DAY, 300


class Meters:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def new_meter(self, params: Params) -> Obj:
        known = ("display_name", "event_name", "default_aggregation", "customer_mapping", "value_settings")
        forms.only(params, known)
        name = forms.needed(params, "event_name")
        if self._active(name):
            raise wrong(f"An active meter with event_name '{name}' already exists.", "event_name")
        formula = forms.needed(forms.needed(params, "default_aggregation"), "formula")
        now = int(time.time())
        mapping = params.get("customer_mapping") or {"type": "by_id", "event_payload_key": "stripe_customer_id"}
        return self._ledger.put(
            {
                "id": new("mtr"),
                "object": "billing.meter",
                "created": now,
                "customer_mapping": mapping,
                "default_aggregation": {"formula": formula},
                "display_name": forms.needed(params, "display_name"),
                "event_name": name,
                "livemode": False,
                "status": "active",
                "status_transitions": {},
                "updated": now,
                "value_settings": params.get("value_settings") or {"event_payload_key": "value"},
            }
        )

    def meters(self, params: Params) -> list[Obj]:
        forms.only(params, ("status", "limit", "starting_after", "ending_before"))
        found = self._ledger.find("billing.meter")
        return [one for one in found if not params.get("status") or one["status"] == params["status"]]

    def event(self, params: Params) -> Obj:
        """Something was used. Told again under the same identifier it is refused."""
        forms.only(params, ("event_name", "payload", "identifier", "timestamp"))
        meter = self._active(forms.needed(params, "event_name"))
        if meter is None:
            raise wrong(f"No active meter found for event name {params['event_name']}.", "event_name")
        payload = forms.needed(params, "payload")
        customer = self._ledger.get("customer", forms.needed(payload, "stripe_customer_id"), "payload")
        self._value(payload)
        now = self._ledger.now(customer)
        at = forms.whole(params, "timestamp", now) or now
        if not now - _OLDEST <= at <= now + _AHEAD:
            raise wrong("The timestamp must be within the past 35 calendar days or up to 5 minutes ahead.", "timestamp")
        name = str(params.get("identifier") or new("event"))
        if self._ledger.named(f"mev_{name}"):
            raise wrong(f"An event already exists with identifier {name}.", "identifier", "resource_already_exists")
        told = {"created": now, "event_name": meter["event_name"], "identifier": name, "livemode": False,
                "object": "billing.meter_event", "payload": payload, "timestamp": at}  # fmt: skip
        self._ledger.put({"id": f"mev_{name}", **told}, customer=customer["id"], parent=meter["id"])
        return told

    def summaries(self, meter: str, params: Params) -> list[Obj]:
        known = ("customer", "start_time", "end_time", "limit", "starting_after", "ending_before")
        forms.only(params, known)
        self._ledger.get("billing.meter", meter)
        start, end = forms.number(params, "start_time"), forms.number(params, "end_time")
        if start % 60 or end % 60:
            raise wrong("Times must be aligned with minute boundaries.", "start_time")
        used = self.used(meter, forms.needed(params, "customer"), start, end)
        told = {"id": new("mtrusg"), "object": "billing.meter_event_summary", "aggregated_value": float(used),
                "end_time": end, "livemode": False, "meter": meter, "start_time": start}  # fmt: skip
        return [told] if used else []

    def used(self, meter: str, customer: str, start: int, end: int) -> int:
        """What was used in a time, as the meter adds it up."""
        formula = self._ledger.get("billing.meter", meter)["default_aggregation"]["formula"]
        told = self._ledger.find("billing.meter_event", customer=customer, parent=meter)
        values = [self._value(one["payload"]) for one in told if start <= one["timestamp"] < end]
        if formula == "count":
            return len(values)
        return values[0] if formula == "last" and values else sum(values)

    def _active(self, name: str) -> Obj | None:
        found = [one for one in self._ledger.find("billing.meter") if one["event_name"] == name]
        return next((one for one in found if one["status"] == "active"), None)

    def _value(self, payload: Any) -> int:
        try:
            return int(Decimal(str(payload.get("value", "1"))))
        except (InvalidOperation, ValueError) as bad:
            raise wrong("The value of the payload must be a number.", "payload[value]") from bad
