"""Pages of the provider for people: a card is given, changed, a payment is confirmed. Plain forms, no scripts."""

import asyncio
import json
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from infra.sandbox.exchange import BodyTooLarge, Request, Response, as_json, problem
from infra.sandbox.mail.pages import HTML, asset
from infra.sandbox.stripe.cards import CARDS
from infra.sandbox.stripe.hooks import MOST_COPIES, Hooks, Manner
from infra.sandbox.stripe.ledger import Obj
from infra.sandbox.stripe.refusals import Refusal
from infra.sandbox.stripe.till import Till

ASSETS = Path(__file__).parent / "assets"
LONGEST_BODY = 10_000
# A form goes on to the page of the product from which the person came.
POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self' http: https:; frame-ancestors 'none'"
)
_PAGE = re.compile(r"/stripe/(pay|portal|invoice)/([A-Za-z0-9_]+)")
_WORDS = {
    "insufficient_funds": "На карте не хватает денег.",
    "expired_card": "Срок карты истёк.",
    "incorrect_cvc": "Неверный код с обратной стороны.",
    "incorrect_number": "Такой карты нет. Возьмите номер из списка ниже.",
}


class StripePages:
    """`/stripe/pay/<session>`, `/stripe/portal/<session>`, `/stripe/invoice/<invoice>`, `/stripe/_control/…`."""

    def __init__(self, till: Till, hooks: Hooks) -> None:
        self._till, self._hooks = till, hooks
        self._orders: dict[str, Callable[[Any], Any]] = {
            "clock": self._order_clock, "hooks": self._order_hooks, "tell": self._order_telling,
            "forget": self._order_forgetting,
        }  # fmt: skip

    async def __call__(self, request: Request) -> Response:
        """Answer one request. Raises Undecodable."""
        path = request.path
        if path == "/stripe/stripe.css":
            return asset(ASSETS / "stripe.css")
        if path.startswith("/stripe/_control/"):
            return await self._ordered(request, path.removeprefix("/stripe/_control/"))
        found = _PAGE.fullmatch(path)
        if found is None or request.method not in ("GET", "HEAD", "POST"):
            return problem(404, "not-found", "Такой страницы нет")
        form: dict[str, str] = {}
        if request.method == "POST":
            try:
                form = dict(parse_qsl((await request.read(LONGEST_BODY)).decode("utf-8", "replace")))
            except BodyTooLarge:
                return problem(413, "too-large", "Слишком большой запрос")
        return await asyncio.to_thread(self._shown, found[1], found[2], form, request.method == "POST")

    def _shown(self, page: str, name: str, form: dict[str, str], is_sent: bool) -> Response:
        deed = {"pay": self._pay, "portal": self._portal, "invoice": self._invoice}[page]
        try:
            with self._till.ledger.work():
                return deed(name, form, is_sent)
        except Refusal as refusal:
            if refusal.status == 404:
                return problem(404, "not-found", "Такой страницы нет")
            return _page("Не получилось", f"<section><p>{escape(str(refusal))}</p></section>")

    def _pay(self, name: str, form: dict[str, str], is_sent: bool) -> Response:
        session = self._till.sessions.checkout(name)
        if session["status"] != "open":
            return _page("Оплата", "<section><h2>Эта страница оплаты закрыта</h2></section>")
        if form.get("deed") == "back":
            return _sent(str(session["cancel_url"]))
        if is_sent:
            told = self._tried(lambda: self._till.sessions.pay(name, *_card(form), proved=_is_proved(form)))
            if told is None:
                return _sent(str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", name))
            if told == "authentication_required" and not form.get("proof"):
                return _page("Оплата", _proof(form))
            return _page("Оплата", self._offer(session, form, told))
        return _page("Оплата", self._offer(session, form, ""))

    def _portal(self, name: str, form: dict[str, str], is_sent: bool) -> Response:
        portal = self._till.ledger.get("billing_portal.session", name)
        if form.get("deed") == "back":
            return _sent(str(portal["return_url"]))
        if is_sent:
            told = self._tried(lambda: self._till.sessions.change_card(name, *_card(form), proved=_is_proved(form)))
            if told is None:
                return _sent(str(portal["return_url"]))
            if told == "authentication_required" and not form.get("proof"):
                return _page("Карта", _proof(form))
            return _page("Карта", self._card_of(portal) + _form("Сохранить карту", form, told))
        return _page("Карта", self._card_of(portal) + _form("Сохранить карту", form, ""))

    def _invoice(self, name: str, form: dict[str, str], is_sent: bool) -> Response:
        invoice = self._till.ledger.get("invoice", name)
        refused = ""
        if is_sent and invoice["status"] == "open":
            customer = self._till.cards.customer(invoice["customer"])
            # A person takes the card that he has given last, also for a subscription that is over.
            method = customer["invoice_settings"]["default_payment_method"] or ""
            now = self._till.ledger.now(customer)
            refused = self._till.subscriptions.pay(invoice, now, method=method, is_here=True)
            invoice = self._till.ledger.get("invoice", name)
        sums = f'<p class="sum">{_rubles(invoice["amount_due"])}</p>'
        if invoice["status"] == "paid":
            return _page("Счёт", f"<section><h2>Счёт {escape(str(invoice['number']))} оплачен</h2>{sums}</section>")
        button = (
            '<form method="post"><button class="button main" name="deed" value="pay">Подтвердить оплату</button></form>'
        )
        return _page(
            "Счёт",
            f"<section><h2>Счёт {escape(str(invoice['number']))}</h2>{sums}{_refusal(refused)}{button}</section>",
        )

    def _tried(self, deed: Callable[[], object]) -> str | None:
        """The bank's no, None when the deed is done. What was begun before a no is undone."""
        self._till.ledger.mark()
        try:
            deed()
        except Refusal as refusal:
            self._till.ledger.undo()
            if refusal.status != 402:
                raise
            return str(refusal.error.get("decline_code") or refusal.error.get("code"))
        return None

    def _offer(self, session: Obj, form: dict[str, str], refused: str) -> str:
        rows = []
        for one in session["_items"]:
            price = self._till.ledger.get("price", one["price"])
            title = self._till.ledger.get("product", price["product"])["name"]
            count = int(one.get("quantity") or 1)
            is_metered = price["recurring"]["usage_type"] == "metered"
            each = (
                f"{_rubles(price['unit_amount'])} за единицу" if is_metered else _rubles(price["unit_amount"] * count)
            )
            rows.append(
                f"<li><span>{escape(title)}{'' if is_metered else f' × {count}'}</span><span>{each}</span></li>"
            )
        free = (
            '<p class="quiet">Первые деньги спишутся, когда закончится оплаченный срок.</p>'
            if session["_trial_end"]
            else ""
        )
        sums = f'<p class="sum" id="total">{_rubles(session["amount_total"])}</p>'
        return f"<section><h2>К оплате сейчас</h2>{sums}{free}<ul>{''.join(rows)}</ul></section>" + _form(
            "Оплатить", form, refused
        )

    def _card_of(self, portal: Obj) -> str:
        customer = self._till.cards.customer(portal["customer"])
        name = customer["invoice_settings"]["default_payment_method"]
        subscriptions = self._till.ledger.find("subscription", customer=customer["id"])
        name = name or next((one["default_payment_method"] for one in subscriptions), None)
        card = self._till.ledger.get("payment_method", name)["card"] if name else None
        said = f"Сейчас платит карта {card['brand']} •••• {card['last4']}" if card else "Карты пока нет"
        invoices = self._till.ledger.find("invoice", customer=customer["id"])[:10]
        rows = "".join(
            f"<li><span>{escape(str(one['number']))}: {_STATES.get(one['status'], one['status'])}</span>"
            f"<span>{_rubles(one['total'])}</span></li>"
            for one in invoices
        )
        return f"<section><h2>{escape(said)}</h2><ul>{rows}</ul></section>"

    async def _ordered(self, request: Request, name: str) -> Response:
        """What a test or a person at the sandbox arranges: another time, disorder in telling."""
        order = self._orders.get(name)
        if order is None or request.method != "POST":
            return problem(404, "not-found", "Такой страницы нет")
        try:
            wish = json.loads(await request.read(LONGEST_BODY) or b"{}")
        except (ValueError, BodyTooLarge):
            return problem(400, "malformed", "Нужен короткий документ JSON")
        if not isinstance(wish, dict):
            return problem(422, "invalid", "Нужен объект JSON")
        try:
            return as_json(await asyncio.to_thread(order, wish))
        except Refusal as refusal:
            return problem(422, "invalid", "Так не устроить", str(refusal))
        except (TypeError, ValueError, KeyError):
            return problem(422, "invalid", "Не хватает полей или они не того вида")

    def _order_clock(self, wish: dict[str, Any]) -> Any:
        """{customer, now}: a customer's own time; what falls due on the way happens."""
        with self._till.ledger.work():
            customer = self._till.cards.customer(str(wish["customer"]))
            return self._till.clocks.set_for(customer, int(wish["now"]))

    def _order_hooks(self, wish: dict[str, Any]) -> Any:
        """{copies, shuffled, held}: how events are told from now on."""
        copies = min(max(int(wish.get("copies", 1)), 1), MOST_COPIES)
        self._hooks.manner = Manner(copies, bool(wish.get("shuffled")), bool(wish.get("held")))
        return {"copies": copies, "shuffled": self._hooks.manner.shuffled, "held": self._hooks.manner.held}

    def _order_telling(self, wish: dict[str, Any]) -> Any:
        return {"heard": self._hooks.tell()}

    def _order_forgetting(self, wish: dict[str, Any]) -> Any:
        """Everything sold so far never was: the next test begins with an empty till."""
        self._till.ledger.forget()
        return {}


_STATES = {"paid": "оплачен", "open": "ждёт оплаты", "draft": "готовится", "void": "отменён"}


def _card(form: dict[str, str]) -> tuple[str, tuple[int, int]]:
    month, _, year = form.get("expires", "").replace(" ", "").partition("/")
    if not month.isdigit() or not year.isdigit():
        return form.get("number", ""), (12, 2034)
    return form.get("number", ""), (int(month), 2000 + int(year) % 100)


def _is_proved(form: dict[str, str]) -> bool:
    return form.get("proof") == "yes"


def _form(title: str, form: dict[str, str], refused: str) -> str:
    number = escape(form.get("number", ""), quote=True)
    known = "".join(f"<li><code>{card}</code><span>{escape(how.title)}</span></li>" for card, how in CARDS.items())
    return f"""<section><form method="post">
      {_refusal(refused)}
      <label>Номер карты<input name="number" inputmode="numeric" autocomplete="off" required value="{number}"></label>
      <div class="two">
        <label>Срок<input name="expires" placeholder="ММ/ГГ" autocomplete="off" value="12/34"></label>
        <label>Код<input name="cvc" inputmode="numeric" autocomplete="off" value="123"></label>
      </div>
      <div class="deeds"><button class="button main" name="deed" value="pay">{title}</button>
      <button class="button" name="deed" value="back" formnovalidate>Вернуться</button></div>
    </form></section>
    <section><h2>Карты для пробы</h2><ul>{known}</ul></section>"""


def _proof(form: dict[str, str]) -> str:
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{escape(form.get(name, ""), quote=True)}">'
        for name in ("number", "expires", "cvc")
    )
    return f"""<section><h2>Банк просит подтвердить платёж</h2><form method="post">{kept}
      <input type="hidden" name="deed" value="pay"><div class="deeds">
      <button class="button main" name="proof" value="yes">Подтвердить</button>
      <button class="button" name="proof" value="no">Отказаться</button></div></form></section>"""


def _refusal(code: str) -> str:
    if not code:
        return ""
    text = (
        "Подтверждение не получено." if code == "authentication_required" else _WORDS.get(code, "Банк не принял карту.")
    )
    return f'<p class="refused" role="alert" id="refused">{text}</p>'


def _rubles(kopecks: int) -> str:
    return f"{kopecks / 100:,.2f} ₽".replace(",", "\u00a0").replace(".", ",")


def _page(title: str, body: str) -> Response:
    text = f"""<!doctype html><html lang="ru"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>{title} · демо-режим</title><link rel="stylesheet" href="/sandbox.css">
<link rel="stylesheet" href="/stripe/stripe.css"></head><body>
<header class="bar"><h1>Касса для карт</h1><span class="tag">демо-режим, денег не списывает</span></header>
<main class="till">{body}</main></body></html>"""
    headers = {"content-type": HTML, "content-security-policy": POLICY, "cache-control": "no-store"}
    return Response(200, headers, text.encode())


def _sent(address: str) -> Response:
    return Response(303, {"location": address, "cache-control": "no-store"})
