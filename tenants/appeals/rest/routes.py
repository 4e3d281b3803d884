"""Addresses of «Помощь» on a company's host."""

from django.urls import path

from .views import (
    AppealsView,
    AppealView,
    CloseView,
    HelpView,
    LinesView,
    PaperCompletionView,
    PaperContentView,
    PapersView,
    PaperView,
    ReopenView,
)

company_routes = [
    path("help/", HelpView.as_view()),
    path("help/appeals/", AppealsView.as_view()),
    path("help/appeals/<int:appeal_id>/", AppealView.as_view()),
    path("help/appeals/<int:appeal_id>/lines/", LinesView.as_view()),
    path("help/appeals/<int:appeal_id>/close/", CloseView.as_view()),
    path("help/appeals/<int:appeal_id>/reopen/", ReopenView.as_view()),
    path("help/files/", PapersView.as_view()),
    path("help/files/<int:file_id>/", PaperView.as_view()),
    path("help/files/<int:file_id>/complete/", PaperCompletionView.as_view()),
    path("help/files/<int:file_id>/content/", PaperContentView.as_view()),
]
