"""What one may do with one's own company as a whole."""

from core.access.permissions import company_wide

MANAGE_COMPANY = company_wide("tenants.company", "Менять название, цвет, часовой пояс и реквизиты компании")
MANAGE_COPIES = company_wide("tenants.copies", "Скачивать ночные копии данных компании")
MANAGE_MODULES = company_wide("tenants.modules", "Включать и выключать модули")
