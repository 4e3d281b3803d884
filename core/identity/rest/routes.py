"""Addresses of identity on a company's host."""

from django.urls import path

from .addresses import EmailChangeView, EmailRefusalView
from .invitations import AcceptView, InvitationFaceView, InvitationLinkView, InvitationsView, InvitationView
from .me import MeView
from .passwords import PasswordView, ProofLetterView, ProofView, ResetConfirmView, ResetView
from .sessions import RevokeOthersView, SessionsView, SessionView, TokensView
from .sign_in import ScriptTokenView, SignInView, SignOutView, StateView
from .totp import TotpConfirmView, TotpDisableView, TotpSetupView, TotpView

routes = [
    path("me/", MeView.as_view()),
    path("auth/state/", StateView.as_view()),
    path("auth/sign-in/", SignInView.as_view()),
    path("auth/sign-out/", SignOutView.as_view()),
    path("auth/token/", ScriptTokenView.as_view()),
    path("auth/password/", PasswordView.as_view()),
    path("auth/password-reset/", ResetView.as_view()),
    path("auth/password-reset/confirm/", ResetConfirmView.as_view()),
    path("auth/email-proof/", ProofLetterView.as_view()),
    path("auth/email-proof/confirm/", ProofView.as_view()),
    path("auth/email-change/", EmailChangeView.as_view()),
    path("auth/email-change/refuse/", EmailRefusalView.as_view()),
    path("auth/sessions/", SessionsView.as_view()),
    path("auth/sessions/revoke-others/", RevokeOthersView.as_view()),
    path("auth/sessions/<int:session_id>/", SessionView.as_view()),
    path("auth/tokens/", TokensView.as_view()),
    path("auth/totp/", TotpView.as_view()),
    path("auth/totp/setup/", TotpSetupView.as_view()),
    path("auth/totp/confirm/", TotpConfirmView.as_view()),
    path("auth/totp/disable/", TotpDisableView.as_view()),
    path("auth/invitation/", InvitationFaceView.as_view()),
    path("auth/invitation/accept/", AcceptView.as_view()),
    path("invitations/", InvitationsView.as_view()),
    path("invitations/link/", InvitationLinkView.as_view()),
    path("invitations/<int:invitation_id>/", InvitationView.as_view()),
]
