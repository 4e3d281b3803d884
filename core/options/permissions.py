"""Permissions about what a company decides for itself."""

from core.access.permissions import company_wide

MANAGE_OPTIONS = company_wide("options.manage", "Менять параметры компании")
