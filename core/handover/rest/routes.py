"""Addresses of dismissals: they stand below the card of the employee."""

from django.urls import path

from .views import DismissView, HandoverView

routes = [
    path("employees/<int:card_id>/handover/", HandoverView.as_view()),
    path("employees/<int:card_id>/dismiss/", DismissView.as_view()),
]
