"""Paying: for owners and administrators only, and by their tokens as well."""

from typing import Any

from billing.models import Act, CardAccount, CardSession, Subscription
from billing.queries import locked_subscription
from core.context import control_scope

from ..calls import Call, Maker, plain
from ..scene import Scene

COMPANY = """
GET    billing/plans/ | 401 403 403 200 200 401 401
GET    billing/subscription/ | 401 403 403 200 200 401 401
GET    billing/usage/ | 401 403 403 200 200 401 401
GET    billing/meters/ | 401 403 403 200 200 401 401
PUT    billing/meters/{code}/ | 401 403 403 200 200 401 401
POST   billing/preview/ | 401 403 403 200 200 401 401
POST   billing/change/ | 401 403 403 200 200 401 401
GET    billing/invoices/ | 401 403 403 200 200 401 401
POST   billing/invoices/ | 401 403 403 201 201 401 401
GET    billing/invoices/{invoice_id}/ | 401 403 403 200 200 401 401
GET    billing/invoices/{invoice_id}/print/ | 401 403 403 200 200 401 401
GET    billing/acts/ | 401 403 403 200 200 401 401
GET    billing/acts/{act_id}/print/ | 401 403 403 200 200 401 401
GET    billing/card/ | 401 403 403 200 200 401 401
POST   billing/card/checkout/ | 401 403 403 201 201 401 401
POST   billing/card/returned/ | 401 403 403 200 200 401 401
POST   billing/card/returned/ #anothers | 401 403 403 404 404 401 401
POST   billing/card/portal/ | 401 403 403 201 201 401 401
POST   billing/card/renewal/ | 401 403 403 200 200 401 401
POST   billing/card/renewal/ #no-card | 401 403 403 409 409 401 401
"""

# Whoever knocks here is known by a signature, which nobody of these can make.
PUBLIC = """
POST   hooks/stripe/ | 403
"""

WISH: dict[str, Any] = {"plan": "basic", "period": "month"}
BUYER = {"name": "ООО «Альфа»", "inn": "7707083893", "kpp": "770701001", "address": "Москва"}
SELLER = {"name": "ООО «Пульт»", "inn": "7707083893", "kpp": "770701001", "vat": ""}
INVOICE = {**WISH, "buyer": BUYER}


def _invoice(scene: Scene, caller: str, relation: str) -> Call:
    made = scene.client("owner").post("billing/invoices/", INVOICE).json()
    return Call(f"billing/invoices/{made['id']}/")


def _print(scene: Scene, caller: str, relation: str) -> Call:
    return Call(f"{_invoice(scene, caller, relation).path}print/")


def _act(scene: Scene, caller: str, relation: str) -> Call:
    days = {"issued_on": "2026-02-01", "period_from": "2026-01-01", "period_to": "2026-02-01"}
    told = {"title": "Доступ", "total": 1, "currency": "RUB", "seller": SELLER, "buyer": BUYER, **days}
    with control_scope():
        act, _ = Act.objects.get_or_create(company_id=scene.company.id, number=1, defaults=told)
    return Call(f"billing/acts/{act.pk}/print/")


def _with_card(path: str, body: Any = None) -> Maker:
    """The same call in a company that pays by card."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        with control_scope():
            locked_subscription(scene.company.id)
            CardAccount.objects.create(company_id=scene.company.id, customer="cus_policy", subscription="sub_policy")
            Subscription.objects.filter(pk=scene.company.id).update(by="card")
        return Call(path, body)

    return make


def _anothers(scene: Scene, caller: str, relation: str) -> Call:
    with control_scope():
        CardSession.objects.create(company_id=scene.people["foreign"].company.id, session="cs_anothers")
    return Call("billing/card/returned/", {"session": "cs_anothers"})


CALLS: dict[str, Maker] = {
    "GET billing/plans/": plain("billing/plans/"),
    "GET billing/subscription/": plain("billing/subscription/"),
    "GET billing/usage/": plain("billing/usage/"),
    "GET billing/meters/": plain("billing/meters/"),
    "PUT billing/meters/{code}/": plain("billing/meters/sms/", {"ceiling": "500.00"}),
    "POST billing/preview/": plain("billing/preview/", WISH),
    "POST billing/change/": plain("billing/change/", {"plan": "free", "period": "month"}),
    "GET billing/invoices/": plain("billing/invoices/"),
    "POST billing/invoices/": plain("billing/invoices/", INVOICE),
    "GET billing/invoices/{invoice_id}/": _invoice,
    "GET billing/invoices/{invoice_id}/print/": _print,
    "GET billing/acts/{act_id}/print/": _act,
    "GET billing/acts/": plain("billing/acts/"),
    "GET billing/card/": plain("billing/card/"),
    "POST billing/card/checkout/": plain("billing/card/checkout/", WISH),
    "POST billing/card/returned/": plain("billing/card/returned/", {}),
    "POST billing/card/returned/ #anothers": _anothers,
    "POST billing/card/portal/": _with_card("billing/card/portal/"),
    "POST billing/card/renewal/": _with_card("billing/card/renewal/", {"on": False}),
    "POST billing/card/renewal/ #no-card": plain("billing/card/renewal/", {"on": False}),
}
PUBLIC_CALLS: dict[str, Maker] = {"POST hooks/stripe/": plain("hooks/stripe/", {"id": "evt_1"})}
