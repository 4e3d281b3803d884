"""Addresses of templates and words."""

from django.urls import path

from .views import (
    PrintCheckView,
    PrintNamesView,
    PrintTemplateFileView,
    PrintTemplatesView,
    PrintTemplateView,
    PrintView,
)
from .words import CasesView, FacsimilesView, FacsimileView, MorpherView, WordingsView, WordingView

routes = [
    path("print-templates/", PrintTemplatesView.as_view()),
    path("print-templates/names/", PrintNamesView.as_view()),
    path("print-templates/<int:template_id>/", PrintTemplateView.as_view()),
    path("print-templates/<int:template_id>/file/", PrintTemplateFileView.as_view()),
    path("print-templates/<int:template_id>/check/<int:card_id>/", PrintCheckView.as_view()),
    path("print-templates/<int:template_id>/print/<int:card_id>/", PrintView.as_view()),
    path("language/cases/", CasesView.as_view()),
    path("language/wordings/", WordingsView.as_view()),
    path("language/wordings/<int:wording_id>/", WordingView.as_view()),
    path("language/morpher/", MorpherView.as_view()),
    path("facsimiles/", FacsimilesView.as_view()),
    path("facsimiles/<slug:whose>/", FacsimileView.as_view()),
]
