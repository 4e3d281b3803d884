"""Permissions about views."""

from core.access.permissions import company_wide

SHARE_VIEWS = company_wide("saved_views.share", "Делиться видами списков и менять общие виды")
