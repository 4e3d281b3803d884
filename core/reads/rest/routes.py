"""Address of the log of reads."""

from django.urls import path

from .views import ReadsView

routes = [path("reads/", ReadsView.as_view())]
