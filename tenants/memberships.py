"""Which companies an e-mail belongs to, known by a keyed hash only."""

import hashlib
import hmac

from django.conf import settings

from tenants.models import Company, Membership


def email_hash(email: str) -> str:
    """Keyed hash of a normalised e-mail; without the key the registry cannot be searched by guessing."""
    return hmac.new(settings.MEMBERSHIP_KEY.encode(), email.strip().lower().encode(), hashlib.sha256).hexdigest()


def remember(company_id: int, email: str) -> None:
    """Note that an e-mail can sign in to a company; in a control scope."""
    Membership.objects.get_or_create(email_hash=email_hash(email), company_id=company_id)


def forget(company_id: int, email: str) -> None:
    """Note that an e-mail can sign in to a company no longer; what it may elsewhere stays. In a control scope."""
    Membership.objects.filter(email_hash=email_hash(email), company_id=company_id).delete()


def companies_of(email: str) -> list[Company]:
    """Working companies of an e-mail, by name; in a control scope."""
    rows = Membership.objects.filter(email_hash=email_hash(email), company__status=Company.Status.ACTIVE)
    return [row.company for row in rows.select_related("company").order_by("company__name")[:50]]
