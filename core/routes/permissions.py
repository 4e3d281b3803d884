"""Permissions about routes."""

from core.access.permissions import company_wide

MANAGE_ROUTES = company_wide("routes.manage", "Настраивать маршруты и листы согласования")
