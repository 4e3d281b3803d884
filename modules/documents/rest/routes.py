"""Addresses of documents besides the card and its verbs."""

from django.urls import URLPattern, path

from core.entities.kinds import EntityKind

from .minutes import (
    FormerLinesView,
    GiveLineView,
    MinutesLinesView,
    MinutesLineView,
    NextMinutesView,
    RestoreLineView,
)
from .nomenclature import CaseFilesView, CaseFileView, DestructionView
from .prints import JournalView, PrintView
from .resolutions import ResolutionsView
from .types import TemplatesView, TemplateView, TypeRulesView, TypesView

_OF_DOCUMENT = {
    "resolutions/": ResolutionsView,
    "print/": PrintView,
    "lines/": MinutesLinesView,
    "lines/<int:line_id>/": MinutesLineView,
    "lines/<int:line_id>/restore/": RestoreLineView,
    "lines/<int:line_id>/give/": GiveLineView,
    "former-lines/": FormerLinesView,
    "next/": NextMinutesView,
}


def routes_of(kind: EntityKind) -> list[URLPattern]:
    of_card = [path(f"documents/<int:card_id>/{tail}", view.as_view(kind=kind)) for tail, view in _OF_DOCUMENT.items()]
    return [
        *of_card,
        path("documents/journal/", JournalView.as_view(kind=kind)),
        path("document-types/", TypesView.as_view()),
        path("document-types/<slug:code>/", TypeRulesView.as_view()),
        path("document-templates/", TemplatesView.as_view()),
        path("document-templates/<int:template_id>/", TemplateView.as_view()),
        path("case-files/", CaseFilesView.as_view()),
        path("case-files/<int:file_id>/", CaseFileView.as_view()),
        path("case-files/destruction/", DestructionView.as_view()),
    ]
