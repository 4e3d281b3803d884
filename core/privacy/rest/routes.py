"""Addresses about personal data."""

from django.urls import path

from .views import AnonymisingView, ConsentsView, PersonDataView, PersonFileView, ProcessingView

routes = [
    path("persons/<int:employee_id>/data/", PersonDataView.as_view()),
    path("persons/<int:employee_id>/data/<int:file_id>/open/", PersonFileView.as_view()),
    path("persons/<int:employee_id>/anonymise/", AnonymisingView.as_view()),
    path("consents/", ConsentsView.as_view()),
    path("processing/", ProcessingView.as_view()),
]
