"""Cards that follow their statuses, a part of them at a time."""

from core.access.loading import system_actor
from core.context import Company, company_scope
from core.entities.bulk import refine
from core.entities.locks import lock
from core.entities.models import OwnStatus
from core.errors import NotFound
from core.events.bus import Change, emit

from .events import StatusMoved
from .queries import bare_cards, cards_in
from .rules import OWN_STATUS

# Few enough for a transaction that keeps nobody waiting.
SETTLED, CARRIED = 2000, 200


def settle(company: Company, status_id: int) -> None:
    """Bring cards that stand in a base alone into the plain status which the company has made of it.

    To people nothing has changed: no version moves and nothing is told. Killed anywhere it goes on with what is left.
    """
    after: int | None = 0
    while after is not None:
        with company_scope(company):
            plain = OwnStatus.objects.filter(pk=status_id, is_plain=True).first()
            after = refine(bare_cards(plain), plain, after=after, most=SETTLED) if plain else None


def carry(company: Company, status_id: int) -> None:
    """Move the cards of a status that has been put away into the one that takes its place; each card tells of it."""
    left = True
    while left:
        with company_scope(company):
            source = OwnStatus.objects.select_related("makes_way_for").filter(pk=status_id).first()
            left = source is not None and source.makes_way_for is not None and _carry_part(source)


def _carry_part(source: OwnStatus) -> bool:
    """Whether there may be more of them."""
    target, by = source.makes_way_for, system_actor()
    if target is None:
        return False
    found = list(cards_in(source).filter(trashed_at__isnull=True)[:CARRIED])
    for card in found:
        try:
            card = lock(card)
        except NotFound:
            # Thrown away meanwhile: it keeps what it stood in.
            continue
        if card.own_status_id != source.pk:
            continue
        card.own_status = target
        card.save_change(OWN_STATUS)
        emit(StatusMoved(card.ref, changes=(Change("status", source.title, target.title),)), by=by)
    return len(found) == CARRIED
