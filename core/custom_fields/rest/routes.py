"""Addresses of fields' settings."""

from django.urls import path

from .views import (
    CardKindsView,
    CardTypesView,
    CardTypeView,
    FieldEffectView,
    FieldPlaceView,
    FieldsView,
    FieldView,
    FormulaTrialView,
    ShownFieldsView,
)

routes = [
    path("card-kinds/", CardKindsView.as_view()),
    path("card-types/", CardTypesView.as_view()),
    path("card-types/<int:type_id>/", CardTypeView.as_view()),
    path("fields/", ShownFieldsView.as_view()),
    path("custom-fields/", FieldsView.as_view()),
    path("custom-fields/trial/", FormulaTrialView.as_view()),
    path("custom-fields/<int:field_id>/", FieldView.as_view()),
    path("custom-fields/<int:field_id>/place/", FieldPlaceView.as_view()),
    path("custom-fields/<int:field_id>/effect/", FieldEffectView.as_view()),
]
