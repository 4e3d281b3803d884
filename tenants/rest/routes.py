"""Addresses of the public site's API."""

from django.urls import path

from .views import ConfirmView, FindCompanyView, ResendView, SignUpView, SlugView

public_routes = [
    path("signup/", SignUpView.as_view()),
    path("signup/confirm/", ConfirmView.as_view()),
    path("signup/resend/", ResendView.as_view()),
    path("signup/slug/", SlugView.as_view()),
    path("find-company/", FindCompanyView.as_view()),
]
