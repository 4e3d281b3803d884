"""Who knows of archives of the company; only an owner himself makes and opens them."""

from core.access.permissions import company_wide

SEE_TAKEOUTS = company_wide("takeout.see", "Видеть, кто и когда выгружал все данные компании")
