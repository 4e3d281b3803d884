"""What a card was approved by along its route, as its printed protocol tells it, and whose pictures may stand on it.

A picture is put only where it is true: the signature of whoever has himself approved this very card, the stamp on what
has come to the end of its route and says still what was approved. A decision that an edit or a return has made void is
none.
"""

import base64
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from core.context import current_company
from core.entities.kinds import EntityKind, Variable
from core.entities.models import Entity
from core.options.queries import option
from core.organization.people import people
from core.routes.contents import FILES, content_of, difference
from core.routes.models import Decision, Run
from core.routes.queries import runs_of
from core.routes.rules import Outcome, Verdict

from .models import Facsimile
from .options import FACSIMILES
from .rules.values import SIGNATURE, STAMP, Sort

_GIVES_CONSENT = (Verdict.APPROVE.value, Verdict.REMARKS.value)
_DOORS = {"screen": "приложение", "token": "ключ API", "telegram": "Telegram", "job": "программа", "import": "загрузка"}
# What of a route templates print, in rows: a «лист согласования» is a table of it.
ROUTE_LIST = "согласование"
ROUTE_COLUMNS = (
    Variable("этап", Sort.TEXT, "Юрист"),
    Variable("кто", Sort.PERSON, "Иванов Иван Иванович"),
    Variable("решение", Sort.TEXT, "Согласовано"),
    Variable("замечания", Sort.TEXT, "Без замечаний"),
    Variable("когда", Sort.TEXT, "23.11.2026 12:40"),
)
Pictures = dict[str, tuple[bytes, float]]


@dataclass(frozen=True)
class Approval:
    """The last run of a card, which was approved, with the decisions that stand."""

    run: Run
    decisions: list[Decision]

    def is_by(self, principal_id: int | None) -> bool:
        """Whether somebody has approved the card himself, in his own name."""
        return any(
            one.principal_id == principal_id and one.on_behalf_of_id is None and one.verdict in _GIVES_CONSENT
            for one in self.decisions
        )


def approval_of(card: Entity, kind: EntityKind) -> Approval | None:
    """How a card was approved as it stands; None for one that was not, that goes along a route again, or says something
    else by now. Files may have come to it since: a scan of what was signed changes no word."""
    run = runs_of(card.pk).first() if kind.routes is not None else None
    if run is None or run.outcome != Outcome.APPROVED.value or run.content is None:
        return None
    if set(difference(run.content.told, content_of(card, kind))) - {FILES}:
        return None
    return Approval(run, _standing(run))


def route_lines(card: Entity) -> list[dict[str, Any]]:
    """Decisions that stand in the last run of a card, in their order."""
    run = runs_of(card.pk).first()
    if run is None:
        return []
    zone = ZoneInfo(current_company().time_zone)
    return [
        {
            "этап": one.step.passing.title,
            "кто": one.principal_id,
            "решение": one.get_verdict_display(),
            "замечания": one.comment,
            "когда": _moment(one.decided_at, zone),
        }
        for one in _standing(run)
    ]


def _standing(run: Run) -> list[Decision]:
    rows = Decision.objects.filter(step__passing__run=run, step__void_at__isnull=True)
    return list(rows.select_related("step__passing", "content").order_by("decided_at", "pk"))


def pictures_of(card: Entity, kind: EntityKind, approval: Approval | None) -> Pictures:
    """The stamp and the signature that may stand on the PDF of a card; none where the company does not print them."""
    if approval is None or not option(FACSIMILES):
        return {}
    signer = kind.prints.signer(card) if kind.prints and kind.prints.signer else None
    wanted: dict[int | None, str] = {None: STAMP}
    if signer is not None and approval.is_by(signer):
        wanted[signer] = SIGNATURE
    stamp, own = Facsimile.objects.filter(principal__isnull=True), Facsimile.objects.filter(principal=signer)
    rows = [*stamp, *(own if SIGNATURE in wanted.values() else ())]
    return {wanted[row.principal_id]: (base64.b64decode(row.content), row.width_mm) for row in rows}


def protocol_of(card: Entity, kind: EntityKind, approval: Approval) -> dict[str, Any]:
    """The page behind the document, plain values for `pages/protocol.typ`."""
    company, zone = current_company(), ZoneInfo(current_company().time_zone)
    named = {one.principal_id for one in approval.decisions} | {one.on_behalf_of_id for one in approval.decisions}
    known = people(named)

    def name(who: int | None) -> str:
        return known[who]["full_name"] if who in known else ""

    content = approval.run.content
    return {
        "company": company.name,
        "title": " ".join(part for part in (kind.title, card.number and f"№ {card.number}", card.title) if part),
        "route": approval.run.version.route.title,
        "ended": _moment(approval.run.ended_at, zone),
        "hash": content.hash if content else "",
        "rows": [
            [
                one.step.passing.title,
                name(one.principal_id) + (f"\nза: {name(one.on_behalf_of_id)}" if one.on_behalf_of_id else ""),
                one.get_verdict_display() + (f"\n{one.comment}" if one.comment else ""),
                f"{_moment(one.decided_at, zone)}\n{_DOORS.get(one.door, one.door)}",
                one.content.hash[:16],
            ]
            for one in approval.decisions
        ],
    }


def _moment(at: Any, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%d.%m.%Y %H:%M}" if at else ""
