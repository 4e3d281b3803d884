"""Permissions about access itself."""

from .permissions import company_wide

MANAGE_ROLES = company_wide("access.roles", "Настраивать роли и выдавать их")
