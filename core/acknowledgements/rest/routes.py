"""Addresses of reading lists."""

from django.urls import path

from .views import ReaderView

routes = [path("acknowledgements/<int:row_id>/", ReaderView.as_view())]
