"""Addresses of the company's options."""

from django.urls import path

from .views import OptionHistoryView, OptionsView

routes = [
    path("options/", OptionsView.as_view()),
    path("options/history/", OptionHistoryView.as_view()),
]
