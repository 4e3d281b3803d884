"""Verbs of erasing: ask for it, take it back; all in a control scope."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.access.actions import must_be_owner
from core.access.actor import Actor
from core.access.loading import system_actor
from core.errors import Invalid
from core.events.bus import emit
from core.notifications.actions import notify
from core.outbox.queries import promise
from core.takeout.queries import owners
from core.texts import clean_line
from core.verb import verb
from tenants.models import Company, Erasure
from tenants.queries import locked
from tenants.snapshots import inside

from . import letters
from .errors import ErasureBegun
from .events import ErasureAsked, ErasureCancelled
from .notifications import ERASURE
from .queries import open_erasure, standing
from .rules import GRACE, REMIND_BEFORE

ERASE, REMIND = "job:tenants.erase", "job:tenants.erasure_soon"
PAGE = "/settings/data"


@verb
def ask_erasure(schema: str, *, name: str, by: Actor) -> Erasure:
    """Have the company erased after the grace; the owner has proved himself and typed its name. A repetition finds it.

    Errors: OwnersOnly, Invalid on `name`.
    """
    company = locked(schema)
    with inside(company):
        must_be_owner(by)
    if clean_line(name) != company.name:
        raise Invalid({"name": f"Введите название точно так: {company.name}"})
    return open_erasure(company) or _announced(company, Erasure.Why.OWNER, by)


@verb
def ask_for_unpaid(schema: str) -> Erasure:
    """The same, because nobody has paid for months; its owners are written to and have the same days."""
    company = locked(schema)
    return open_erasure(company) or _announced(company, Erasure.Why.UNPAID, None)


@verb
def keep_company(schema: str, *, by: Actor | None) -> None:
    """Take an erasure back: an owner by himself, the product (`by` None) when it is paid. A repetition finds it done.

    Errors: OwnersOnly, ErasureBegun.
    """
    company = locked(schema)
    if by is not None:
        with inside(company):
            must_be_owner(by)
    row = open_erasure(company)
    if row is None:
        return
    if row.step:
        raise ErasureBegun()
    row.cancelled_at, row.cancelled_by = timezone.now(), by.name if by else ""
    row.save(update_fields=["cancelled_at", "cancelled_by"])
    with inside(company):
        emit(ErasureCancelled(None), by=by or system_actor())
        _write(letters.cancelled(company.name, who=row.cancelled_by), key=f"erasure-{row.pk}-kept")


@verb
def remind_of(erasure_id: int) -> None:
    """Write to the owners that the day is near."""
    row = standing(erasure_id)
    if row is not None and not row.step:
        with inside(row.company):
            said = letters.soon(row.company.name, day=_day(row.due_at, row.company))
            _write(said, key=f"erasure-{row.pk}-soon")


def _announced(company: Company, why: str, by: Actor | None) -> Erasure:
    due = timezone.now() + GRACE
    row = Erasure.objects.create(company=company, why=why, asked_by=by.name if by else "", due_at=due)
    promise(ERASE, row.pk, not_before=due)
    promise(REMIND, row.pk, not_before=due - REMIND_BEFORE)
    with inside(company):
        emit(ErasureAsked(None, due_at=due.isoformat()), by=by or system_actor())
        day = _day(due, company)
        _write(letters.asked(company.name, why=why, who=row.asked_by, day=day), key=f"erasure-{row.pk}-asked")
    return row


def _write(said: tuple[str, tuple[str, ...]], *, key: str) -> None:
    subject, paragraphs = said
    notify(
        owners(),
        kind=ERASURE,
        subject=subject,
        paragraphs=paragraphs,
        link_path=PAGE,
        key=key,
        reason="вы владелец компании",
    )


def _day(moment: datetime, company: Company) -> str:
    return f"{moment.astimezone(ZoneInfo(company.time_zone)):%d.%m.%Y}"
