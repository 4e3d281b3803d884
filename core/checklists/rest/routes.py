"""Addresses of points."""

from django.urls import path

from .views import FailureView, PlaceView, PointView, TickView

routes = [
    path("checklist/<int:point_id>/", PointView.as_view()),
    path("checklist/<int:point_id>/place/", PlaceView.as_view()),
    path("checklist/<int:point_id>/tick/", TickView.as_view()),
    path("checklist/<int:point_id>/failure/", FailureView.as_view()),
]
