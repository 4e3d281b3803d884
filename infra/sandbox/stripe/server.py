"""The API: `/stripe/v1/…` with its keys, its idempotency, its lists, its expansions and its errors."""

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import Callable
from typing import Any

from infra.sandbox.exchange import BodyTooLarge, ClientGone, Request, Response
from infra.sandbox.faults import Faults
from infra.sandbox.stripe import forms
from infra.sandbox.stripe.forms import Params
from infra.sandbox.stripe.ledger import Obj, new
from infra.sandbox.stripe.refusals import Refusal, reused
from infra.sandbox.stripe.subscriptions import shown
from infra.sandbox.stripe.till import Till

API = "/stripe/v1/"
LONGEST_BODY = 200_000
_MOST, _USUAL = 100, 10
_DEEPEST_EXPANSION = 4
_TROUBLE = {
    "fail": Refusal(500, "An unexpected error occurred.", kind="api_error"),
    "throttle": Refusal(429, "Too many requests hit the API too quickly.", kind="invalid_request_error"),
}
Handler = Callable[..., Any]


class StripeServer:
    """Answers programs by the account's key."""

    def __init__(self, till: Till, faults: Faults, key: str) -> None:
        self._till, self._ledger, self._faults, self._key = till, till.ledger, faults, key
        self._routes = [(method, re.compile(path), deed) for method, path, deed in routes(till)]

    async def __call__(self, request: Request) -> Response:
        """One call. Raises ClientGone, Undecodable."""
        try:
            body = (await request.read(LONGEST_BODY)).decode("utf-8", "replace")
        except BodyTooLarge:
            return _answer(413, Refusal(413, "Request entity too large").error, {})
        trouble = await self._faults.strike("stripe")
        if trouble == "cut":
            raise ClientGone
        if trouble in _TROUBLE:
            return _failed(_TROUBLE[trouble])
        told = await asyncio.to_thread(self._done, request, body)
        if trouble == "lost":
            raise ClientGone
        return told

    def _done(self, request: Request, body: str) -> Response:
        try:
            self._must_know(request)
            params = forms.read(body if request.method == "POST" else request.raw_query)
            with self._ledger.work():
                self._till.clocks.catch_up()
            return self._once(request, body, params)
        except Refusal as refusal:
            return _failed(refusal)

    def _once(self, request: Request, body: str, params: Params) -> Response:
        """The same deed under the same key is answered as it was the first time."""
        key = request.headers.get("idempotency-key", "") if request.method == "POST" else ""
        asked = hashlib.sha256(f"{request.method} {request.path}\n{body}".encode()).hexdigest()
        headers = {"idempotency-key": key} if key else {}
        with self._ledger.work():
            known = self._ledger.answer_of(key) if key else None
        if known is not None:
            if known[0] != asked:
                raise reused()
            return _written(known[1], known[2], headers | {"idempotent-replayed": "true"})
        try:
            with self._ledger.work():
                result = self._performed(request, params)
                is_refused = isinstance(result, Refusal)
                status = result.status if is_refused else 200
                text = json.dumps({"error": result.error} if is_refused else result, ensure_ascii=False)
                if key:
                    self._ledger.keep_answer(key, asked, status, text)
        except Refusal as refusal:
            # What was refused before anything was done may be sent right under the same key.
            if refusal.status != 402:
                raise
            status, text = refusal.status, json.dumps({"error": refusal.error})
            if key:
                with self._ledger.work():
                    self._ledger.keep_answer(key, asked, status, text)
        return _written(status, text, headers)

    def _performed(self, request: Request, params: Params) -> Any:
        path = request.path.removeprefix(API)
        for method, pattern, deed in self._routes:
            found = pattern.fullmatch(path)
            if found and method == request.method:
                result = deed(*found.groups(), params)
                if isinstance(result, Refusal):
                    return result
                if isinstance(result, list):
                    result = _page(result, params, f"/v1/{path}")
                for one in params.get("expand") or []:
                    self._expand(result, one.split("."))
                return _shown(result)
        raise Refusal(404, f"Unrecognized request URL ({request.method}: /v1/{path}).")

    def _must_know(self, request: Request) -> None:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not self._key or not hmac.compare_digest(given.encode(), self._key.encode()):
            raise Refusal(401, "Invalid API Key provided.")

    def _expand(self, found: Any, path: list[str]) -> None:
        """Put objects where their names stand."""
        if len(path) > _DEEPEST_EXPANSION:
            raise Refusal(400, "You cannot expand more than 4 levels of a property.", param="expand")
        if isinstance(found, list):
            for one in found:
                self._expand(one, path)
            return
        if not isinstance(found, dict) or path[0] not in found:
            raise Refusal(400, f"This property cannot be expanded ({path[0]}).", param="expand")
        value = found[path[0]]
        if isinstance(value, str):
            found[path[0]] = value = self._ledger.named(value)
        if len(path) > 1 and value is not None:
            self._expand(value, path[1:])


def routes(till: Till) -> list[tuple[str, str, Handler]]:
    """(method, path, what is done); a deed gets the names in its path and the parameters."""
    one = r"([A-Za-z0-9_]+)"
    return [
        ("POST", "products", till.catalogue.new_product),
        ("GET", f"products/{one}", lambda name, params: till.ledger.get("product", name)),
        ("POST", "prices", till.catalogue.new_price),
        ("GET", "prices", till.catalogue.prices),
        ("GET", f"prices/{one}", lambda name, params: till.ledger.get("price", name)),
        ("POST", "customers", till.new_customer),
        ("GET", f"customers/{one}", lambda name, params: till.cards.customer(name)),
        ("POST", f"customers/{one}", till.cards.update_customer),
        ("POST", f"customers/{one}/balance_transactions", till.cards.move_balance),
        ("DELETE", f"customers/{one}", till.delete_customer),
        ("POST", "checkout/sessions", till.sessions.new_checkout),
        ("GET", f"checkout/sessions/{one}", lambda name, params: till.sessions.checkout(name)),
        ("POST", f"checkout/sessions/{one}/expire", lambda name, params: till.sessions.expire(name)),
        ("POST", "billing_portal/sessions", till.sessions.new_portal),
        ("GET", "subscriptions", till.subscriptions.subscriptions),
        ("GET", f"subscriptions/{one}", lambda name, params: till.ledger.get("subscription", name)),
        ("POST", f"subscriptions/{one}", till.subscriptions.update),
        ("DELETE", f"subscriptions/{one}", till.subscriptions.cancel),
        ("GET", "subscription_items", till.subscriptions.items),
        ("GET", "invoices", till.invoices.invoices),
        ("POST", "invoices/create_preview", till.preview),
        ("GET", f"invoices/{one}", lambda name, params: till.ledger.get("invoice", name)),
        ("POST", f"invoices/{one}/pay", till.pay_invoice),
        ("GET", "invoice_payments", till.invoices.payments),
        ("GET", f"payment_intents/{one}", lambda name, params: till.ledger.get("payment_intent", name)),
        ("GET", f"payment_methods/{one}", lambda name, params: till.ledger.get("payment_method", name)),
        ("POST", "billing/meters", till.meters.new_meter),
        ("GET", "billing/meters", till.meters.meters),
        ("GET", f"billing/meters/{one}", lambda name, params: till.ledger.get("billing.meter", name)),
        ("GET", f"billing/meters/{one}/event_summaries", till.meters.summaries),
        ("POST", "billing/meter_events", till.meters.event),
        ("POST", "test_helpers/test_clocks", till.clocks.new_clock),
        ("GET", f"test_helpers/test_clocks/{one}", lambda name, params: till.clocks.clock(name)),
        ("POST", f"test_helpers/test_clocks/{one}/advance", till.clocks.advance),
        ("GET", "events", till.events),
        ("GET", f"events/{one}", lambda name, params: till.ledger.get("event", name)),
    ]


def _page(rows: list[Obj], params: Params, url: str) -> Obj:
    """A part of a list, newest first."""
    limit = forms.whole(params, "limit", _USUAL) or _USUAL
    if not 1 <= limit <= _MOST:
        raise Refusal(400, "Invalid limit: must be between 1 and 100.", param="limit")
    names = [row["id"] for row in rows]
    start, end = 0, len(rows)
    if (after := params.get("starting_after")) in names:
        start = names.index(after) + 1
    if (before := params.get("ending_before")) in names:
        end = names.index(before)
        start = max(end - limit, 0)
    some = rows[start:end][:limit]
    return {"object": "list", "data": some, "has_more": start + len(some) < end, "url": url}


def _shown(value: Any) -> Any:
    """What is answered: without what only the stand-in knows."""
    if isinstance(value, list):
        return [_shown(one) for one in value]
    if isinstance(value, dict):
        return {name: _shown(one) for name, one in shown(value).items()}
    return value


def _failed(refusal: Refusal) -> Response:
    return _answer(refusal.status, refusal.error, {"retry-after": "1"} if refusal.status == 429 else {})


def _answer(status: int, error: dict[str, Any], headers: dict[str, str]) -> Response:
    return _written(status, json.dumps({"error": error}), headers)


def _written(status: int, text: str, headers: dict[str, str]) -> Response:
    told = {"content-type": "application/json", "cache-control": "no-store", "request-id": new("req")}
    return Response(status, told | headers, text.encode())
