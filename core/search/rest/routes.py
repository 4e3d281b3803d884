"""Addresses of the search."""

from django.urls import path

from .views import CardsView, SearchView

routes = [path("search/", SearchView.as_view()), path("search/cards/", CardsView.as_view())]
