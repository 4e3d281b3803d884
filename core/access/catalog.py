"""Permissions about access itself."""

from .permissions import company_wide

# Whoever gives roles may give himself all of them but the owner's: this is administration, and the title says so.
MANAGE_ROLES = company_wide("access.roles", "Администрирование: настраивать роли и выдавать любые права")
