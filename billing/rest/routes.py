"""Addresses of paying, on a company's host; and the door by which the provider of cards knocks."""

from django.urls import path

from .cards import CardCheckoutView, CardPortalView, CardRenewalView, CardReturnView, CardView
from .hooks import StripeHookView
from .meters import MetersView, MeterView
from .offered import PricesView
from .papers import ActPrintView, ActsView, InvoicePrintView, InvoicesView, InvoiceView
from .views import ChangeView, PlansView, PreviewView, SubscriptionView, UsageView

public_routes = [path("prices/", PricesView.as_view()), path("hooks/stripe/", StripeHookView.as_view())]

routes = [
    path("billing/plans/", PlansView.as_view()),
    path("billing/subscription/", SubscriptionView.as_view()),
    path("billing/usage/", UsageView.as_view()),
    path("billing/meters/", MetersView.as_view()),
    path("billing/meters/<slug:code>/", MeterView.as_view()),
    path("billing/preview/", PreviewView.as_view()),
    path("billing/change/", ChangeView.as_view()),
    path("billing/invoices/", InvoicesView.as_view()),
    path("billing/invoices/<int:invoice_id>/", InvoiceView.as_view()),
    path("billing/invoices/<int:invoice_id>/print/", InvoicePrintView.as_view()),
    path("billing/acts/<int:act_id>/print/", ActPrintView.as_view()),
    path("billing/acts/", ActsView.as_view()),
    path("billing/card/", CardView.as_view()),
    path("billing/card/checkout/", CardCheckoutView.as_view()),
    path("billing/card/returned/", CardReturnView.as_view()),
    path("billing/card/portal/", CardPortalView.as_view()),
    path("billing/card/renewal/", CardRenewalView.as_view()),
]
