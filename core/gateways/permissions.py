"""Permissions about outside services."""

from core.access.permissions import company_wide

MANAGE = company_wide("gateways.manage", "Подключать внешние службы и видеть обмен с ними")
