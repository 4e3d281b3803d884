"""Addresses of numbering."""

from django.urls import path

from .views import (
    KindNumberingView,
    NumberedKindsView,
    NumberingPreviewView,
    NumberingView,
    ReservedNumbersView,
    ReservedNumberView,
)

routes = [
    path("numbering/", NumberingView.as_view()),
    path("numbering/<str:kind>/", KindNumberingView.as_view()),
    path("numbering/<str:kind>/preview/", NumberingPreviewView.as_view()),
    path("reserved-numbers/", ReservedNumbersView.as_view()),
    path("reserved-numbers/kinds/", NumberedKindsView.as_view()),
    path("reserved-numbers/<int:reserved_id>/", ReservedNumberView.as_view()),
]
