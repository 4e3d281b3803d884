"""Addresses of exports."""

from django.urls import path

from .views import ExportContentView, ExportsView, ExportView

routes = [
    path("exports/", ExportsView.as_view()),
    path("exports/<int:export_id>/", ExportView.as_view()),
    path("exports/<int:export_id>/content/", ExportContentView.as_view()),
]
