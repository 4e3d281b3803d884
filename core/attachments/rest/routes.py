"""Addresses of files."""

from django.urls import path

from .previews import TableView
from .views import AttachmentView, CompletionView, ContentView, VersionsView

routes = [
    path("attachments/<int:attachment_id>/", AttachmentView.as_view()),
    path("attachments/<int:attachment_id>/complete/", CompletionView.as_view()),
    path("attachments/<int:attachment_id>/versions/", VersionsView.as_view()),
    path("attachments/<int:attachment_id>/content/", ContentView.as_view()),
    path("attachments/<int:attachment_id>/sheet/", TableView.as_view()),
]
