"""A card on paper that follows the message about it: whoever is asked to approve reads it where he is asked."""

import logging
from typing import Any

from core.access.loading import actor_of_principal
from core.access.queries import visible
from core.context import Company, company_scope, enabled_modules
from core.custom_fields.mixin import Customizable
from core.custom_fields.queries import held_by_card
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.errors import Refused
from core.gateways.errors import GatewayRefused
from core.gateways.queries import telegram_account
from core.gateways.telegram.client import TelegramAccount, send_file
from core.notifications.models import Delivery
from core.notifications.queries import may_hear
from core.registry import registry

from .frames import PDF
from .models import PrintTemplate
from .printing import Print, gathered, printed

log = logging.getLogger(__name__)
# In a trace: the number of the message with the paper, or why there is none.
PAPER, NO_PAPER = "paper", "no_paper"
_LONGEST_NAME = 60
_Order = tuple[TelegramAccount, int, int, str, Print]


def send_paper(company: Company, delivery_id: int) -> None:
    """Send the card of a message that has gone on paper, once; a provider's silence goes back to the outbox.

    What cannot be printed is said in the message's trace, the message itself has its buttons and its link.
    """
    with company_scope(company):
        asked = _asked(delivery_id)
    if asked is None:
        return
    account, chat, answers, name, order = asked
    try:
        content = printed(company, order).content
        noted: dict[str, Any] = {PAPER: send_file(account, chat, name, content, answers=answers)}
    except (GatewayRefused, Refused) as refusal:
        log.warning("no paper under message %s: %s", delivery_id, refusal)
        noted = {NO_PAPER: str(refusal)[:300]}
    with company_scope(company):
        row = Delivery.objects.select_for_update().get(pk=delivery_id)
        row.trace = row.trace | noted
        row.save(update_fields=["trace"])


def _asked(delivery_id: int) -> _Order | None:
    """What is to be sent, as its reader sees it now; None when he does not, has it already or has taken himself out."""
    row = Delivery.objects.select_related("principal__employee", "entity").filter(pk=delivery_id).first()
    account = telegram_account()
    if row is None or row.principal is None or row.entity is None or account is None:
        return None
    told = row.trace
    if PAPER in told or NO_PAPER in told or "message" not in told or told.get("bot") != account.bot_id:
        return None
    kind = next((one for one in registry.live_kinds(enabled_modules()) if one.code == row.entity.kind), None)
    if kind is None or kind.prints is None or not may_hear(row.principal, row.entity, row.kind):
        return None
    by = actor_of_principal(row.principal, door="job")
    card = visible(by, kind).filter(pk=row.entity_id).first()
    template = template_of(card, kind) if card is not None else None
    if card is None or template is None:
        return None
    name = " ".join(part for part in (template.title, card.number or card.title) if part)[:_LONGEST_NAME]
    return (
        account,
        int(row.address),
        int(told["message"]),
        f"{name}.pdf",
        gathered(template, card, kind, wanted=PDF, by=by),
    )


def template_of(card: Entity, kind: EntityKind) -> PrintTemplate | None:
    """The first living template of a card's type, else of its kind."""
    held = held_by_card(card).type_code if issubclass(kind.model, Customizable) else ""
    rows = PrintTemplate.objects.filter(kind=kind.code, archived_at__isnull=True, card_type__in={held, ""})
    found = sorted(rows.order_by("pk"), key=lambda row: row.card_type != held)
    return found[0] if found else None
