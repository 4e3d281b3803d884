"""Addresses of what concerns both a company and the registry of who comes in where, on a company's host."""

from django.urls import path

from .address import NewAddressView
from .switch import CompaniesView, SwitchView, TicketView

switch_routes = [
    path("auth/ticket/", TicketView.as_view()),
    path("auth/companies/", CompaniesView.as_view()),
    path("auth/switch/", SwitchView.as_view()),
    path("auth/email-change/confirm/", NewAddressView.as_view()),
]
