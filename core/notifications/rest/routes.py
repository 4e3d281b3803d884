"""Addresses of notices: a person's own, and the doors by which Telegram knocks."""

from django.urls import path

from ..chats.hooks import OwnHookView, SharedHookView
from .bell import BellView, ReadView, UnreadView
from .browsers import BrowsersView, BrowserTrialView, BrowserView
from .chat import ChatView
from .log import LogView
from .phone import PhoneCodeView, PhoneProofView
from .wishes import PolicyView, WishesView

routes = [
    path("notices/", BellView.as_view()),
    path("notices/unread/", UnreadView.as_view()),
    path("notices/read/", ReadView.as_view()),
    path("notices/settings/", WishesView.as_view()),
    path("notices/policy/", PolicyView.as_view()),
    path("notices/chat/", ChatView.as_view()),
    path("notices/phone/", PhoneCodeView.as_view()),
    path("notices/phone/proof/", PhoneProofView.as_view()),
    path("notices/browsers/", BrowsersView.as_view()),
    path("notices/browsers/<int:subscription_id>/", BrowserView.as_view()),
    path("notices/browsers/<int:subscription_id>/try/", BrowserTrialView.as_view()),
    path("notices/log/", LogView.as_view()),
    path("hooks/telegram/", OwnHookView.as_view()),
]
public_routes = [path("hooks/telegram/", SharedHookView.as_view())]
