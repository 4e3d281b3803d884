"""What one may do about paying."""

from core.access.permissions import company_wide

MANAGE_BILLING = company_wide("billing.manage", "Выбирать тариф и оплачивать сервис")
