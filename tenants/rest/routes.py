"""Addresses of the public site, and of a company's own settings."""

from django.urls import path

from .company import CompanySettingsView, ModulesView, ModuleView
from .copies import CopiesView, CopyDownloadView
from .erasure import ErasureView
from .licence import LicenceView
from .logo import LogoPictureView, LogoView
from .views import ConfirmView, FindCompanyView, ResendView, SignUpView, SlugView

public_routes = [
    path("signup/", SignUpView.as_view()),
    path("signup/confirm/", ConfirmView.as_view()),
    path("signup/resend/", ResendView.as_view()),
    path("signup/slug/", SlugView.as_view()),
    path("find-company/", FindCompanyView.as_view()),
]

company_routes = [
    path("company/", CompanySettingsView.as_view()),
    path("company/erasure/", ErasureView.as_view()),
    path("company/licence/", LicenceView.as_view()),
    path("company/logo/", LogoView.as_view()),
    path("company/logo/<slug:version>/", LogoPictureView.as_view()),
    path("company/copies/", CopiesView.as_view()),
    path("company/copies/<int:copy_id>/download/", CopyDownloadView.as_view()),
    path("modules/", ModulesView.as_view()),
    path("modules/<slug:code>/", ModuleView.as_view()),
]
