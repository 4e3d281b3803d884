"""What documents put into «Ждёт меня»."""

from collections.abc import Sequence
from typing import Any

from core.access.actor import Actor
from core.entities.rest.briefs import brief
from core.entities.rest.rows import instant
from core.organization.people import people
from core.registry import registry
from core.waiting.lines import action, line
from core.waiting.registry import Source
from modules.documents.models import Document
from modules.documents.queries import addressed_to, to_register


def _registering(actor: Actor, rows: Sequence[Document]) -> list[dict[str, Any]]:
    return _lines(rows, "register", "Зарегистрировать", "F", "Документ зарегистрирован")


def _addressed(actor: Actor, rows: Sequence[Document]) -> list[dict[str, Any]]:
    """A resolution is written on the card; here is only what is to be looked at."""
    return _lines(rows)


def _lines(
    rows: Sequence[Document], code: str = "", title: str = "", key: str = "", done: str = ""
) -> list[dict[str, Any]]:
    kind, known = registry.kind_of(Document.KIND), people({row.author_id for row in rows})
    return [
        line(
            f"{kind.code}/{row.pk}",
            brief(row, kind),
            who=known.get(row.author_id),
            due_at=instant(row.due_at),
            actions=[action(code, title, f"documents/{row.pk}/register/", key=key, done=done)] if code else [],
        )
        for row in rows
    ]


SOURCES = (
    Source("documents-to-register", "Документы ждут регистрации", 36, to_register, _registering, column="pk"),
    Source("documents-addressed", "Направленные мне документы", 37, addressed_to, _addressed, column="pk"),
)
