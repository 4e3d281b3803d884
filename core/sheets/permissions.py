"""Permissions about files that lists are written to."""

from core.access.permissions import company_wide

EXPORT = company_wide("sheets.export", "Выгружать списки в файлы")
