"""Addresses of the company's tags."""

from django.urls import path

from .views import TagMergeView, TagsView, TagView

routes = [
    path("tags/", TagsView.as_view()),
    path("tags/<int:tag_id>/", TagView.as_view()),
    path("tags/<int:tag_id>/merge/", TagMergeView.as_view()),
]
