"""A card on paper: what is gathered in the company's scope, and what is made of it outside of any."""

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.utils import timezone
from pypdf import PdfReader, PdfWriter

from core.access.actor import Actor
from core.context import Company, company_scope
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.gateways.queries import own_key, secret_of
from core.gateways.rules import MORPHER
from core.language.cases import Case, key_of_phrase
from core.notifications.rules import on_paper
from core.typesetting import pdf

from .actions.words import note_trouble, remember_forms
from .approval import approval_of, pictures_of, protocol_of
from .frames import PDF
from .making import Made, Order, make
from .models import PrintTemplate
from .providers import Morpher, Provider, asked
from .rules.values import QR
from .variables import put_right, scope_of_card

_PROTOCOL = Path(__file__).resolve().parent / "pages" / "protocol.typ"
_QR_MM = 26.0
_CASES = frozenset(case.value for case in Case)


@dataclass(frozen=True)
class Print:
    """Everything that a print needs, once the scope is closed; `protocol` stands behind an approved document."""

    order: Order
    protocol: Mapping[str, Any] | None
    provider: Provider | None


def gathered(template: PrintTemplate, card: Entity, kind: EntityKind, *, wanted: str, by: Actor) -> Print:
    """What is printed of a card by a template, as `by` sees it; `wanted` is `pdf` or the template's own format."""
    scope = scope_of_card(card, kind, by)
    approval = approval_of(card, kind) if wanted == PDF else None
    pictures = {QR: (_qr(on_paper(scope["values"]["ссылка"]["value"] or "")), _QR_MM)}
    own = pictures_of(card, kind, approval)
    order = Order(
        form=template.form,
        content=base64.b64decode(template.content),
        marks=template.marks,
        scope=scope,
        wanted=wanted,
        made_at=int(timezone.now().timestamp()),
        pictures=pictures | own,
    )
    protocol = protocol_of(card, kind, approval) if approval is not None and own else None
    return Print(order, protocol, provider_of_company())


def printed(company: Company, asked_for: Print) -> Made:
    """The file. Outside of any scope; words that a service has told are kept in one of its own.

    Errors: TemplateRefused, Unavailable.
    """
    order = asked_for.order
    if asked_for.provider is not None and (phrases := _unknown_phrases(order)):
        forms, trouble = asked(asked_for.provider, phrases)
        with company_scope(company):
            remember_forms(forms)
            note_trouble(trouble)
            order = replace(order, scope={**order.scope, "known": put_right(_phrases(order))})
    made = make(order)
    if asked_for.protocol is None:
        return made
    behind = pdf(_PROTOCOL, asked_for.protocol, made_at=timezone.now())
    return replace(made, content=_joined(made.content, behind))


def provider_of_company() -> Provider | None:
    """Whom the company asks for cases; None where its own dictionaries do."""
    row = own_key(MORPHER)
    return None if row is None else Morpher(settings.MORPHER_URL, secret_of(row)["token"])


def _phrases(order: Order) -> list[str]:
    """Values that the template prints in some case."""
    declined = {
        mark["name"] for mark in order.marks if any(name in _CASES for name, _ in mark["filters"]) and mark["name"]
    }
    values = [order.scope["values"].get(name, {}).get("value") for name in declined]
    for name, told in order.scope["lists"].items():
        columns = [one.partition(".")[2] for one in declined if one.startswith(f"{name}.")]
        values += [row.get(column, {}).get("value") for row in told["rows"] for column in columns]
    return list(dict.fromkeys(value for value in values if isinstance(value, str) and value))


def _unknown_phrases(order: Order) -> list[str]:
    known = {key for forms in order.scope["known"].values() for key in forms}
    return [phrase for phrase in _phrases(order) if key_of_phrase(phrase) not in known]


def _qr(address: str) -> bytes:
    made = io.BytesIO()
    segno.make(address, error="m", micro=False).save(made, kind="png", scale=6, border=1)
    return made.getvalue()


def _joined(*files: bytes) -> bytes:
    writer = PdfWriter()
    for content in files:
        writer.append(PdfReader(io.BytesIO(content)))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
