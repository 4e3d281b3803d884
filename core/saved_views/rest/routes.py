"""Addresses of views."""

from django.urls import path

from .groups import ViewCountsView
from .views import ArrangementView, ViewsOrderView, ViewsView, ViewView

routes = [
    path("views/", ViewsView.as_view()),
    path("views/order/", ViewsOrderView.as_view()),
    path("views/counts/", ViewCountsView.as_view()),
    path("views/arrangement/", ArrangementView.as_view()),
    path("views/<int:view_id>/", ViewView.as_view()),
]
