"""Addresses of imports."""

from django.urls import path

from .views import (
    BadRowsView,
    CellsView,
    CheckView,
    CompleteView,
    ImportKindsView,
    ImportsView,
    ImportView,
    ProblemsView,
    RunView,
    SampleView,
    UndoView,
)

routes = [
    path("imports/", ImportsView.as_view()),
    path("imports/kinds/", ImportKindsView.as_view()),
    path("imports/samples/<str:kind>/", SampleView.as_view()),
    path("imports/<int:import_id>/", ImportView.as_view()),
    path("imports/<int:import_id>/complete/", CompleteView.as_view()),
    path("imports/<int:import_id>/check/", CheckView.as_view()),
    path("imports/<int:import_id>/problems/", ProblemsView.as_view()),
    path("imports/<int:import_id>/bad-rows/", BadRowsView.as_view()),
    path("imports/<int:import_id>/cells/", CellsView.as_view()),
    path("imports/<int:import_id>/run/", RunView.as_view()),
    path("imports/<int:import_id>/undo/", UndoView.as_view()),
]
