"""Who answers for personal data of others; everybody may have his own."""

from core.access.permissions import company_wide

MANAGE_PERSONS = company_wide("privacy.persons", "Выгружать чужие персональные данные и обезличивать ушедших")
