"""Addresses of the search."""

from django.urls import path

from .views import CardsView, NumbersView, SearchView

routes = [
    path("search/", SearchView.as_view()),
    path("search/cards/", CardsView.as_view()),
    path("search/numbers/", NumbersView.as_view()),
]
