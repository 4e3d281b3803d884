"""Addresses of identity on a company's host."""

from django.urls import path

from .me import MeView
from .sign_in import ScriptTokenView, SignInView, SignOutView, StateView

routes = [
    path("me/", MeView.as_view()),
    path("auth/state/", StateView.as_view()),
    path("auth/sign-in/", SignInView.as_view()),
    path("auth/sign-out/", SignOutView.as_view()),
    path("auth/token/", ScriptTokenView.as_view()),
]
