"""Permissions about tags."""

from core.access.permissions import company_wide

MANAGE_TAGS = company_wide("tags.manage", "Переименовывать, объединять и удалять метки")
