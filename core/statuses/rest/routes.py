"""Addresses of statuses' settings."""

from django.urls import path

from .bulk import ReachableView
from .views import KnownStatusesView, SchemeMovesView, SchemeView, StatusCarryView, StatusPlaceView, StatusView

routes = [
    path("own-statuses/", KnownStatusesView.as_view()),
    path("own-statuses/reachable/", ReachableView.as_view()),
    path("own-statuses/scheme/", SchemeView.as_view()),
    path("own-statuses/scheme/moves/", SchemeMovesView.as_view()),
    path("own-statuses/<int:status_id>/", StatusView.as_view()),
    path("own-statuses/<int:status_id>/place/", StatusPlaceView.as_view()),
    path("own-statuses/<int:status_id>/carry/", StatusCarryView.as_view()),
]
