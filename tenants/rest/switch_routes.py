"""Addresses for switching between companies, on a company's host."""

from django.urls import path

from .switch import CompaniesView, SwitchView, TicketView

switch_routes = [
    path("auth/ticket/", TicketView.as_view()),
    path("auth/companies/", CompaniesView.as_view()),
    path("auth/switch/", SwitchView.as_view()),
]
