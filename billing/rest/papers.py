"""Invoices and acts of the company, for whoever may pay."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from billing.actions.invoices import buyer_of
from billing.models import Act, Invoice, Subscription
from billing.permissions import MANAGE_BILLING
from billing.prints.papers import act_pdf, invoice_pdf
from billing.providers import Asked, provider
from billing.rules.papers import Buyer, payment_code, printed, purpose_of, qr_svg
from billing.rules.wishes import Wish
from core.context import control_scope
from core.errors import NotFound
from core.rest.access import needs
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request
from core.storage import disposition

from .serializers import ActPage, InvoiceForm, InvoiceOut, InvoicePage
from .views import PayingView, wish_of

R = TypeVar("R", bound=Model)
_NEWEST_FIRST = Grammar(orderings={"number": "number"}, default_ordering="-number")


class InvoicesView(PayingView):
    """Invoices, newest first; a new one for what a choice costs. The same one again on the same day is given back."""

    access = {"get": needs(MANAGE_BILLING), "post": needs(MANAGE_BILLING)}

    @extend_schema(responses={200: InvoicePage})
    def get(self, request: Request) -> Response:
        with control_scope():
            rows = _NEWEST_FIRST.narrow(Invoice.objects.filter(company=request.company.id), request.query_params)
            page = page_of(rows, request.query_params, _NEWEST_FIRST)
            lines = [_line(row) for row in page.rows]
        return Response({"results": lines, "next": page.next})

    @extend_schema(request=InvoiceForm, responses={201: InvoiceOut})
    def post(self, request: Request) -> Response:
        form = InvoiceForm(data=request.data)
        form.is_valid(raise_exception=True)
        wish: Wish = wish_of(form.validated_data)
        buyer = Buyer(**form.validated_data["buyer"])
        transfer = provider(Subscription.By.TRANSFER.value)
        begun = transfer.begin(Asked(request.company, wish, by=self.actor, buyer=buyer))
        with control_scope():
            told = _whole(_own(Invoice.objects.all(), request, begun.invoice.pk if begun.invoice else 0))
        return Response(told, status=201)


class InvoiceView(PayingView):
    """One invoice with all that is printed on it."""

    access = {"get": needs(MANAGE_BILLING)}

    @extend_schema(responses={200: InvoiceOut})
    def get(self, request: Request, invoice_id: int) -> Response:
        with control_scope():
            told = _whole(_own(Invoice.objects.all(), request, invoice_id))
        return Response(told)


class InvoicePrintView(PayingView):
    """The invoice as it is printed and sent to an accountant."""

    access = {"get": needs(MANAGE_BILLING)}

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, invoice_id: int) -> HttpResponse:
        with control_scope():
            invoice = _own(Invoice.objects.all(), request, invoice_id)
            told = _whole(invoice)
        return _file(invoice_pdf(invoice, told), f"Счёт {printed(invoice.number)}.pdf")


class ActPrintView(PayingView):
    """The closing act as it is printed."""

    access = {"get": needs(MANAGE_BILLING)}

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, act_id: int) -> HttpResponse:
        with control_scope():
            act = _own(Act.objects.all(), request, act_id)
        return _file(act_pdf(act), f"Акт {act.number}.pdf")


class ActsView(PayingView):
    """Closing acts, newest first."""

    access = {"get": needs(MANAGE_BILLING)}

    @extend_schema(responses={200: ActPage})
    def get(self, request: Request) -> Response:
        with control_scope():
            rows = _NEWEST_FIRST.narrow(Act.objects.filter(company=request.company.id), request.query_params)
            page = page_of(rows, request.query_params, _NEWEST_FIRST)
        columns = ("id", "number", "issued_on", "period_from", "period_to", "title", "currency")
        results = [{**{name: getattr(act, name) for name in columns}, "total": str(act.total)} for act in page.rows]
        return Response({"results": results, "next": page.next})


def _own(rows: QuerySet[R], request: Request, pk: int) -> R:
    """A paper of the company itself; NotFound for another's."""
    found = rows.filter(company=request.company.id, pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def _file(content: bytes, name: str) -> HttpResponse:
    told = {"Content-Disposition": disposition(name, inline=False), "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=told | {"Cache-Control": "private, no-store"})


def _line(invoice: Invoice) -> dict[str, Any]:
    return {
        "id": invoice.pk,
        "number": printed(invoice.number),
        "kind": invoice.kind,
        "state": invoice.state,
        "issued_on": invoice.issued_on,
        "pay_until": invoice.pay_until,
        "paid_on": invoice.paid_on,
        "total": str(invoice.total),
        "currency": invoice.currency,
    }


def _whole(invoice: Invoice) -> dict[str, Any]:
    purpose = purpose_of(invoice.number, f"{invoice.issued_on:%d.%m.%Y}", invoice.vat)
    seller = {name: value for name, value in invoice.seller.items() if name != "vat"}
    code = payment_code(seller, total=invoice.total, purpose=purpose)
    return {
        **_line(invoice),
        "seller": seller,
        "buyer": buyer_of(invoice),
        "lines": [
            {
                "title": line.title,
                "count": line.count,
                "unit_price": str(line.unit_price),
                "total": str(line.total),
            }
            for line in invoice.lines.order_by("place")
        ],
        "deduction": str(invoice.deduction),
        "vat": None if invoice.vat is None else str(invoice.vat),
        "purpose": purpose,
        "payment_code": code,
        "qr_svg": qr_svg(code),
    }
