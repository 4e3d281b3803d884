"""Rights about what is asked of the service; whoever works in a company may ask and sees his own."""

from core.access.permissions import company_wide

SEE_ALL = company_wide("appeals.see_all", "Видеть и вести обращения в поддержку всей компании")
