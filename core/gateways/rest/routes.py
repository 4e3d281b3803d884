"""Addresses of outside services."""

from django.urls import path

from .views import CheckView, GatewaysView, GatewayView

routes = [
    path("gateways/", GatewaysView.as_view()),
    path("gateways/<slug:code>/", GatewayView.as_view()),
    path("gateways/<slug:code>/check/", CheckView.as_view()),
]
