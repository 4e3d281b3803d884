"""What companies are told by the service. In a control scope."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from core.errors import Invalid, NotFound
from core.texts import clean_line
from core.verb import verb
from tenants.console.models import Announcement
from tenants.console.operators import OperatorActor
from tenants.console.permissions import ACT

from .audit import note_deed


@verb
def announce(
    *, text: str, tone: str, begins_at: datetime, ends_at: datetime, plans: Sequence[str], by: OperatorActor
) -> Announcement:
    """Tell all companies, or those of some plans, something from one moment to another. Errors: Invalid by field."""
    by.must(ACT)
    wrong: dict[str, str] = {}
    line = clean_line(text)
    if not line:
        wrong["text"] = "Напишите, что сказать компаниям"
    if ends_at <= max(begins_at, timezone.now()):
        wrong["ends_at"] = "Окончание должно быть позже начала и в будущем"
    if wrong:
        raise Invalid(wrong)
    made = Announcement.objects.create(
        text=line[:500], tone=tone, begins_at=begins_at, ends_at=ends_at, plans=sorted(set(plans))
    )
    told = {"id": made.pk, "text": made.text, "plans": made.plans, "until": ends_at.isoformat()}
    note_deed("announcement.made", by=by, after=told)
    return made


@verb
def withdraw(announcement_id: int, *, by: OperatorActor) -> None:
    """Tell it no longer; what is withdrawn already stays so."""
    by.must(ACT)
    row = Announcement.objects.select_for_update().filter(pk=announcement_id).first()
    if row is None:
        raise NotFound()
    if row.withdrawn_at is not None:
        return
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    note_deed("announcement.withdrawn", by=by, before={"id": row.pk, "text": row.text})
