"""Addresses of the queue."""

from django.urls import path

from .views import WaitingSourceView, WaitingView

routes = [
    path("waiting/", WaitingView.as_view()),
    path("waiting/<slug:code>/", WaitingSourceView.as_view()),
]
