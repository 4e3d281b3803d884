"""Permissions about numbers."""

from core.access.permissions import company_wide

MANAGE_NUMBERS = company_wide("numbering.manage", "Настраивать нумерацию")
RESERVE_NUMBERS = company_wide("numbering.reserve", "Бронировать номера")
