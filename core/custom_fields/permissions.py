"""Permissions about types of cards and their fields."""

from core.access.permissions import company_wide

MANAGE_FIELDS = company_wide("custom_fields.manage", "Настраивать типы карточек и поля")
