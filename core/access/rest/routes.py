"""Addresses of roles and permissions."""

from django.urls import path

from .cards import PersonRightsView
from .views import LimitableFieldsView, PermissionsView, RoleFieldsView, RolesView, RoleView

routes = [
    path("roles/", RolesView.as_view()),
    path("roles/<slug:code>/", RoleView.as_view()),
    path("roles/<slug:code>/fields/", RoleFieldsView.as_view()),
    path("card-fields/", LimitableFieldsView.as_view()),
    path("rights/<int:employee_id>/", PersonRightsView.as_view()),
    path("permissions/", PermissionsView.as_view()),
]
