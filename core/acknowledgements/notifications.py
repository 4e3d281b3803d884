"""Notices to those who are asked to read a card, with the button by which they confirm it."""

from core.access.actor import Actor
from core.context import current_company
from core.entities.models import Entity
from core.events.bus import Reader, Told
from core.language.quotes import quoted
from core.notifications.actions import notify
from core.notifications.kinds import Button, Buttons, Notification
from core.organization.people import people
from core.registry import registry

from .actions import confirm_reading
from .events import ReadingAsked
from .queries import rows_of


def offered(card: Entity, by: Actor) -> list[Button]:
    """«Ознакомлен» to whoever is still asked."""
    waiting = rows_of(card.pk).filter(principal=by.principal_id, done_at__isnull=True)
    return [Button("read", "Ознакомлен")] if waiting.exists() else []


def press(card: Entity, by: Actor, code: str, text: str) -> str:
    """«Ознакомлен» under a message. Errors: NobodyAsked."""
    confirm_reading(card, by=by)
    return "Отмечено: вы ознакомлены"


ASKED = Notification("acknowledgements.asked", "Просят ознакомиться", "Карточки", buttons=Buttons(offered, press))


def tell_readers(told: Told) -> None:
    """Write to each who was asked by this fact and has not read the card meanwhile; never to the one who asks.

    A template asks nobody: those on its list will be asked by the cards that are made from it.
    """
    card = Entity.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    kind = registry.kind(told.ref.kind) if told.ref else None
    if card is None or card.is_draft or kind is None or kind not in registry.live_kinds(current_company().modules):
        return
    if kind.repeat:
        return
    waiting = rows_of(card.pk).filter(principal__in=told.payload["readers"], done_at__isnull=True)
    author = people([told.actor_id])[told.actor_id]["name"]
    opening = f"{author} просит ознакомиться"
    notify(
        set(waiting.values_list("principal_id", flat=True)) - {told.actor_id},
        kind=ASKED,
        subject=f"{opening} с карточкой {quoted(card.title)}",
        paragraphs=[f"{opening} ({kind.title.lower()} «{card.title}»).", "Откройте карточку и нажмите «Ознакомлен»."],
        link_path=f"{kind.route}/{card.pk}",
        fact_id=told.id,
        card=card,
        reason="вы в листе ознакомления",
    )


letters = Reader("acknowledgements.letters", (ReadingAsked.kind,), effect=tell_readers)
