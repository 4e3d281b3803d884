"""Notices about plans whose work cannot be made. What becomes of a template's cards, its own module tells."""

from core.entities.models import Entity
from core.events.bus import Reader, Told
from core.notifications.actions import notify
from core.notifications.kinds import Notification
from core.registry import registry

from .events import OccurrenceFailed
from .models import PlannedWork
from .queries import is_told_already
from .work import answering

NOT_MADE = Notification("recurrence.not_made", "Дело по расписанию не создано", "Карточки")


def tell_giver(told: Told) -> None:
    """Tell whoever has set a plan that its work could not be made, or when he is gone whoever answers for it; once,
    until some is made again or another reason stops it."""
    work = PlannedWork.objects.select_related("giver").filter(pk=told.ref.id).first() if told.ref else None
    card = Entity.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    if work is None or card is None or is_told_already(card.pk, told.id, told.payload["reason"]):
        return
    kind = registry.kind_of(card.kind)
    is_here = work.giver.is_active
    notify(
        {work.giver_id if is_here else answering(work, card)},
        kind=NOT_MADE,
        subject=f"Дело по расписанию не создано: {work.title} — {card.title}",
        paragraphs=[told.payload["reason"], "Дела пойдут снова, когда это будет исправлено."],
        link_path=f"{kind.route}/{card.pk}",
        fact_id=told.id,
        card=card,
        reason="расписание задали вы" if is_here else "эти дела приходят вам",
    )


letters = Reader("recurrence.letters", (OccurrenceFailed.kind,), effect=tell_giver)
