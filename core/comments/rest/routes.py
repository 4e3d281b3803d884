"""Addresses of comments."""

from django.urls import path

from .views import CommentView

routes = [path("comments/<int:comment_id>/", CommentView.as_view())]
