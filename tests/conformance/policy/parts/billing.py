"""Paying: for owners and administrators only, and by their tokens as well."""

from typing import Any

from billing.models import Act
from core.context import control_scope

from ..calls import Call, Maker, plain
from ..scene import Scene

COMPANY = """
GET    billing/plans/ | 401 403 403 200 200 401 401
GET    billing/subscription/ | 401 403 403 200 200 401 401
GET    billing/usage/ | 401 403 403 200 200 401 401
POST   billing/preview/ | 401 403 403 200 200 401 401
POST   billing/change/ | 401 403 403 200 200 401 401
GET    billing/invoices/ | 401 403 403 200 200 401 401
POST   billing/invoices/ | 401 403 403 201 201 401 401
GET    billing/invoices/{invoice_id}/ | 401 403 403 200 200 401 401
GET    billing/invoices/{invoice_id}/print/ | 401 403 403 200 200 401 401
GET    billing/acts/ | 401 403 403 200 200 401 401
GET    billing/acts/{act_id}/print/ | 401 403 403 200 200 401 401
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


CALLS: dict[str, Maker] = {
    "GET billing/plans/": plain("billing/plans/"),
    "GET billing/subscription/": plain("billing/subscription/"),
    "GET billing/usage/": plain("billing/usage/"),
    "POST billing/preview/": plain("billing/preview/", WISH),
    "POST billing/change/": plain("billing/change/", {"plan": "free", "period": "month"}),
    "GET billing/invoices/": plain("billing/invoices/"),
    "POST billing/invoices/": plain("billing/invoices/", INVOICE),
    "GET billing/invoices/{invoice_id}/": _invoice,
    "GET billing/invoices/{invoice_id}/print/": _print,
    "GET billing/acts/{act_id}/print/": _act,
    "GET billing/acts/": plain("billing/acts/"),
}
