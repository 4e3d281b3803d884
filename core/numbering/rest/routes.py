"""Addresses of numbering."""

from django.urls import path

from .views import KindNumberingView, NumberingPreviewView, NumberingView

routes = [
    path("numbering/", NumberingView.as_view()),
    path("numbering/<str:kind>/", KindNumberingView.as_view()),
    path("numbering/<str:kind>/preview/", NumberingPreviewView.as_view()),
]
