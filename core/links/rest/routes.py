"""Addresses of links."""

from django.urls import path

from .views import LinkView

routes = [path("links/<int:link_id>/", LinkView.as_view())]
