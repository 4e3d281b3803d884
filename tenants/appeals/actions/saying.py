"""Words put into an appeal by either side, with the files that go along."""

import uuid
from collections.abc import Sequence

from django.utils import timezone

from core.errors import Invalid, NotFound
from core.verb import verb
from tenants.appeals.errors import PaperIsRejected
from tenants.appeals.models import Appeal, Line, Paper
from tenants.appeals.rules import MOST_PAPERS


def locked_appeal(appeal_id: int) -> Appeal:
    """The row, kept from other writers until the scope ends; NotFound."""
    found = Appeal.objects.select_for_update().filter(pk=appeal_id).first()
    if found is None:
        raise NotFound()
    return found


def said_already(appeal: Appeal, key: uuid.UUID) -> Line | None:
    """The line of a request that comes once more, because its answer was lost."""
    return Line.objects.filter(appeal=appeal, key=key).first()


@verb
def move(appeal: Appeal, state: str, **more: object) -> None:
    """Give an appeal its state, and the moment at which it was last spoken of."""
    appeal.state, appeal.moved_at = state, timezone.now()
    for name, value in more.items():
        setattr(appeal, name, value)
    appeal.save(update_fields=["state", "moved_at", *more])


@verb
def send_papers(line: Line, ids: Sequence[int], *, principal_id: int) -> None:
    """Let files that their bringer has uploaded go with his words. Invalid on `files`, PaperIsRejected."""
    if len(ids) > MOST_PAPERS:
        raise Invalid({"files": f"Не больше {MOST_PAPERS} файлов в одном сообщении"})
    if not ids:
        return
    own = Paper.objects.select_for_update().filter(
        company=line.appeal.company_id, principal_id=principal_id, line=None, pk__in=set(ids)
    )
    found = list(own.order_by("pk"))
    if len(found) != len(set(ids)) or any(paper.state == Paper.State.UPLOADING for paper in found):
        raise Invalid({"files": "Файл не загружен до конца. Уберите его и приложите снова"})
    if any(paper.state == Paper.State.REJECTED for paper in found):
        raise PaperIsRejected()
    Paper.objects.filter(pk__in=[paper.pk for paper in found]).update(line=line)
