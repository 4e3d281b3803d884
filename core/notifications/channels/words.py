"""What a notice says in a chat and in an SMS. No database.

Telegram is a foreign service: without the company's word its texts name no person and no title, only the kind of the
event, the card's number and the way to it.
"""

from core.context import Company
from core.entities.models import Entity
from core.gateways.sms.segments import fitted
from core.identity.secrets import keyed_for
from core.language.quotes import quoted
from core.registry import registry

from ..kinds import Notification
from ..models import Delivery
from ..rules import address_of
from .gathering import goes_for_many

_MAC_LENGTH = 20
# A chat is read on a telephone.
_MOST_LINKS = 10


def chat_text(company: Company, row: Delivery, what: Notification | None, *, with_details: bool) -> str:
    """The message of a bot that may write for several companies."""
    lines = [quoted(company.name)]
    if with_details or what is None or what.fixed or goes_for_many(row):
        lines += _told_once(row)
    else:
        lines.append(f"{what.title}: {_plainly(row.entity)}" if row.entity else what.title)
    if row.reason:
        lines.append(f"({row.reason})")
    return "\n".join([*lines, *_links(company, row)])


def _told_once(row: Delivery) -> list[str]:
    """A letter's subject stands apart from its words; in a chat they follow at once, and name the card one time."""
    title = row.entity.title if row.entity else ""
    if not title or title not in row.subject or not any(title in line for line in row.paragraphs[:1]):
        return [row.subject, *row.paragraphs]
    without = row.subject.replace(f": {title}", "", 1)
    return [*([without] if without != row.subject else []), *row.paragraphs]


def sms_text(company: Company, row: Delivery) -> str:
    """At most four parts, the link whole; of a secret its words alone, which are forgotten afterwards."""
    if row.is_secret:
        return fitted(" ".join(row.paragraphs), "")
    return fitted(f"{company.name}: {row.subject}", " ".join(_links(company, row)))


def button_data(schema: str, row: Delivery, code: str) -> str:
    """What a button sends back: 64 bytes at most, signed, so that nobody makes one up or moves it to another chat."""
    return f"{schema}:{row.pk}:{code}:{_signature(schema, row.pk, row.principal_id, code)}"


def read_button(data: str) -> tuple[str, int, str, str] | None:
    """(schema, delivery, code, signature) as a button sent it; None when it is not one of ours."""
    parts = data.split(":")
    if len(parts) != 4 or not parts[1].isascii() or not parts[1].isdigit() or len(parts[1]) > 18:
        return None
    return parts[0], int(parts[1]), parts[2], parts[3]


def _signature(schema: str, delivery_id: int, principal_id: int | None, code: str) -> str:
    return keyed_for(schema, "telegram-button", delivery_id, principal_id, code)[:_MAC_LENGTH]


def signature_of(schema: str, row: Delivery, code: str) -> str:
    """What the signature of a row's button must be."""
    return _signature(schema, row.pk, row.principal_id, code)


def _plainly(card: Entity) -> str:
    kind = registry.kind(card.kind)
    return f"{kind.title if kind else ''} {card.number}".strip()


def _links(company: Company, row: Delivery) -> list[str]:
    return [address_of(company, path) for _, path in row.links[:_MOST_LINKS]]
