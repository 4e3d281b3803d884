"""Permissions about templates."""

from core.access.permissions import company_wide

MANAGE_TEMPLATES = company_wide("templates.manage", "Настраивать шаблоны печати, печать компании и словарь склонений")
