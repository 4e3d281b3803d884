"""Addresses of departments and positions; those of employees come from their kind."""

from django.urls import path

from .structure import DepartmentsView, DepartmentView, PositionsView, PositionView

routes = [
    path("departments/", DepartmentsView.as_view()),
    path("departments/<int:department_id>/", DepartmentView.as_view()),
    path("positions/", PositionsView.as_view()),
    path("positions/<int:position_id>/", PositionView.as_view()),
]
