"""Addresses of archives of the company."""

from django.urls import path

from .views import TakeoutOpeningView, TakeoutsView

routes = [
    path("takeouts/", TakeoutsView.as_view()),
    path("takeouts/<int:takeout_id>/open/", TakeoutOpeningView.as_view()),
]
