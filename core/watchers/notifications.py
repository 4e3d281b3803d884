"""A notice to those who were put among the watchers; of what is said on the card they hear from core/comments."""

from core.comments.queries import split_by_sight
from core.context import current_company
from core.entities.models import Entity
from core.events.bus import Reader, Told
from core.notifications.actions import notify
from core.notifications.kinds import BELL, Notification
from core.organization.people import people
from core.registry import registry

from .events import WatchersChanged

NAMED = Notification("watchers.named", "Вас добавили в наблюдатели", "Обсуждения", channels=(BELL,))


def tell_those_named(told: Told) -> None:
    """Say it to those who came and did not come by themselves; kinds that write to them otherwise do so."""
    kind = registry.kind(told.ref.kind) if told.ref else None
    if told.ref is None or kind is None or kind not in registry.live_kinds(current_company().modules):
        return
    if kind.gathering is not None and kind.gathering.tells:
        return
    card = Entity.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first()
    if card is None:
        return
    seeing, _ = split_by_sight(set(told.payload["came"]) - {told.actor_id}, kind, card.pk)
    if not seeing:
        return
    known = people([told.actor_id])
    doer = known[told.actor_id]["name"] if told.actor_id in known else "Пульт"
    said = f"{doer} просит вас наблюдать ({kind.title.lower()} «{card.title}»). Новые комментарии придут в колокольчик."
    notify(
        seeing,
        kind=NAMED,
        subject=f"Вы наблюдаете: {card.title}",
        paragraphs=[said],
        link_path=f"{kind.route}/{card.pk}",
        fact_id=told.id,
        card=card,
        reason="вы наблюдаете",
    )


letters = Reader("watchers.letters", (WatchersChanged.kind,), effect=tell_those_named)
