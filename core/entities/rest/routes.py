"""Addresses of what concerns cards of all kinds."""

from django.urls import path

from .views import HomeView, RestoreView, TrashView

routes = [
    path("trash/", TrashView.as_view()),
    path("trash/restore/", RestoreView.as_view()),
    path("home/", HomeView.as_view()),
]
