"""Which buttons stand under a message in a chat: those that fit its reader and its card now."""

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.access.queries import visible
from core.entities.models import Entity
from core.registry import registry

from ..kinds import Button, Buttons
from ..models import Delivery
from ..queries import may_hear
from .gathering import goes_for_many
from .words import button_data

# How facts made in a chat name the way by which the person came.
DOOR = "telegram"
MOST = 6
# Set in the trace of a question: the code of the button that it was asked for, and the message under which that stood.
ASKS, OF = "asks", "of"


def keyboard(schema: str, row: Delivery) -> tuple[tuple[str, str], ...]:
    """(title, callback data) of each button under a message, in the open company scope; `row` with its people."""
    buttons = buttons_of(row)
    seen = card_of(row) if buttons and not goes_for_many(row) else None
    if buttons is None or seen is None:
        return ()
    offered: list[Button] = list(buttons.offered(*seen))
    return tuple((one.title, button_data(schema, row, one.code)) for one in offered[:MOST])


def buttons_of(row: Delivery) -> Buttons | None:
    """What can be done under messages of this kind."""
    what = registry.notifications().get(row.kind)
    return what.buttons if what else None


def card_of(row: Delivery) -> tuple[Entity, Actor] | None:
    """The card of a message and its reader as he is now; None when he may not hear of it any more."""
    if row.principal is None or row.entity is None or not row.principal.is_active:
        return None
    if not may_hear(row.principal, row.entity, row.kind):
        return None
    actor = actor_of_principal(row.principal, door=DOOR)
    card = visible(actor, registry.kind_of(row.entity.kind)).filter(pk=row.entity.pk).first()
    return (card, actor) if card is not None else None
