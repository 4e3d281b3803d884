"""Addresses of the console's host."""

from django.urls import path

from .companies import (
    CompaniesView,
    CompanyView,
    RenameView,
    RestoreView,
    SupportDoorView,
    SuspendView,
    SwitchModuleView,
)
from .door import (
    KeysView,
    MeView,
    PasswordView,
    SessionsView,
    SessionView,
    SignInView,
    SignOutView,
    StateView,
    TotpConfirmView,
    TotpSetupView,
)
from .running import (
    AnnouncementsView,
    AnnouncementView,
    AuditView,
    HealthView,
    OperatorsView,
    OperatorView,
    ParkedView,
    ResetTotpView,
    RetryView,
)

console_routes = [
    path("auth/state/", StateView.as_view()),
    path("auth/sign-in/", SignInView.as_view()),
    path("auth/sign-out/", SignOutView.as_view()),
    path("auth/totp/setup/", TotpSetupView.as_view()),
    path("auth/totp/confirm/", TotpConfirmView.as_view()),
    path("auth/password/", PasswordView.as_view()),
    path("auth/sessions/", SessionsView.as_view()),
    path("auth/sessions/<int:session_id>/", SessionView.as_view()),
    path("auth/tokens/", KeysView.as_view()),
    path("me/", MeView.as_view()),
    path("companies/", CompaniesView.as_view()),
    path("companies/<int:company_id>/", CompanyView.as_view()),
    path("companies/<int:company_id>/suspend/", SuspendView.as_view()),
    path("companies/<int:company_id>/restore/", RestoreView.as_view()),
    path("companies/<int:company_id>/rename/", RenameView.as_view()),
    path("companies/<int:company_id>/modules/", SwitchModuleView.as_view()),
    path("companies/<int:company_id>/support/", SupportDoorView.as_view()),
    path("health/", HealthView.as_view()),
    path("health/parked/", ParkedView.as_view()),
    path("health/parked/<uuid:promise_id>/retry/", RetryView.as_view()),
    path("announcements/", AnnouncementsView.as_view()),
    path("announcements/<int:announcement_id>/", AnnouncementView.as_view()),
    path("operators/", OperatorsView.as_view()),
    path("operators/<int:operator_id>/", OperatorView.as_view()),
    path("operators/<int:operator_id>/totp-reset/", ResetTotpView.as_view()),
    path("audit/", AuditView.as_view()),
]
