"""Permissions about notices."""

from core.access.permissions import company_wide

MANAGE_POLICY = company_wide("notifications.policy", "Настраивать уведомления компании")
