"""Verbs about pictures of the company's stamp and of signatures."""

import base64

from django.utils import timezone

from core.access.actor import Actor
from core.events.bus import emit
from core.verb import verb

from ..events import FacsimileChanged
from ..models import Facsimile
from ..permissions import MANAGE_TEMPLATES


@verb
def keep_facsimile(png: bytes, *, of_company: bool, width_mm: int, by: Actor) -> Facsimile:
    """Keep the picture of the company's stamp, or of one's own signature: nobody keeps another's. Errors: Forbidden."""
    if of_company:
        by.must(MANAGE_TEMPLATES)
    whose = None if of_company else by.principal_id
    row = Facsimile.objects.select_for_update().filter(principal=whose).first() or Facsimile(principal_id=whose)
    row.content, row.width_mm = base64.b64encode(png).decode(), width_mm
    row.author_id, row.changed_at = by.principal_id, timezone.now()
    row.save()
    emit(FacsimileChanged(None, is_stamp=of_company, is_there=True), by=by)
    return row


@verb
def drop_facsimile(*, of_company: bool, by: Actor) -> None:
    """Take the picture away; what has been printed stays as it is. Errors: Forbidden."""
    if of_company:
        by.must(MANAGE_TEMPLATES)
    whose = None if of_company else by.principal_id
    if Facsimile.objects.filter(principal=whose).delete()[0]:
        emit(FacsimileChanged(None, is_stamp=of_company, is_there=False), by=by)
