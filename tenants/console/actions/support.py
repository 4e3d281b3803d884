"""The support in a company: let in by its owner for a time, looking first, seen in the company's history.

All run in a control scope with the company's row locked: a consent that is being withdrawn lets nobody in.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from core.access.actor import Actor
from core.errors import Forbidden, Invalid, NotFound
from core.events.bus import emit
from core.identity.actions.epoch import move_epochs
from core.identity.actions.sessions import Opened, open_session
from core.identity.attempts import Visitor
from core.identity.models import Session
from core.verb import verb
from tenants.console.errors import NoConsent, ReadingConsent
from tenants.console.events import SupportAllowed, SupportCame, SupportChanges, SupportForbidden, SupportLeft
from tenants.console.models import Consent, Operator, Visit
from tenants.console.operators import OperatorActor
from tenants.console.permissions import LET_SUPPORT_IN, LOOK
from tenants.console.presence import actor_in_company, user_of
from tenants.console.queries import living_consent
from tenants.models import Company
from tenants.queries import locked
from tenants.snapshots import inside
from tenants.tickets import issue

from .audit import note_deed
from .companies import locked_by_id

# A visit is for one matter; whoever needs longer comes again while the consent lasts.
VISIT_LIFE = timedelta(hours=2)
HOURS = (1, 4, 24, 72, 168)


@dataclass(frozen=True)
class Door:
    """Where an operator goes to enter a company, with what lets him in."""

    slug: str
    ticket: str


@verb
def allow_support(schema: str, *, may_change: bool, hours: int, by: Actor) -> Consent:
    """Let the support in for some hours; a consent that stands is replaced, and whoever is in by it leaves.

    Errors: Forbidden, Invalid.
    """
    by.must(LET_SUPPORT_IN)
    if hours not in HOURS:
        raise Invalid({"hours": "Выберите срок из списка"})
    company = locked(schema)
    _withdraw(company, by)
    now = timezone.now()
    consent = Consent.objects.create(
        company=company,
        principal_id=by.principal_id,
        given_by=by.name,
        may_change=may_change,
        given_at=now,
        until=now + timedelta(hours=hours),
    )
    with inside(company):
        emit(SupportAllowed(None, until=consent.until, may_change=may_change), by=by)
    return consent


@verb
def forbid_support(schema: str, *, by: Actor) -> None:
    """Withdraw the consent: whoever is in by it is out at once. Nothing happens when there is none."""
    by.must(LET_SUPPORT_IN)
    company = locked(schema)
    if living_consent(company.pk) is None:
        return
    _withdraw(company, by)
    with inside(company):
        emit(SupportForbidden(None), by=by)


@verb
def ask_in(company_id: int, *, by: OperatorActor) -> Door:
    """A ticket into a company that has consented. Errors: Forbidden, NotFound, NoConsent."""
    by.must(LOOK)
    company = locked_by_id(company_id)
    consent = living_consent(company.pk)
    if consent is None or company.status != Company.Status.ACTIVE:
        raise NoConsent()
    note_deed("support.asked", by=by, company=company, after={"consent": consent.pk})
    return Door(company.slug, issue(company.schema_name, operator=by.operator.pk, consent=consent.pk))


@verb
def come_in(schema: str, *, operator_id: int, consent_id: int, visitor: Visitor) -> Opened:
    """Open the session of a redeemed ticket: it only reads, and ends with the consent at the latest.

    Errors: NoConsent when the consent or the operator does not stand any more.
    """
    # The operator first: whoever shuts him out goes from him to the companies, and finds this visit or prevents it.
    operator = Operator.objects.select_for_update().filter(pk=operator_id, is_active=True).first()
    company = locked(schema)
    consent = living_consent(company.pk)
    if consent is None or consent.pk != consent_id or operator is None:
        raise NoConsent()
    until = min(consent.until, timezone.now() + VISIT_LIFE)
    with inside(company):
        user = user_of(operator)
        opened = open_session(
            user, kind=Session.Kind.BROWSER, life=until - timezone.now(), visitor=visitor, reads_only=True
        )
        # Not a moment longer than the consent, however long it has taken to open.
        opened.session.expires_at = until
        opened.session.save(update_fields=["expires_at"])
        emit(SupportCame(None, until=until), by=actor_in_company(operator, session_id=opened.session.pk))
    Visit.objects.create(consent=consent, operator=operator, session_id=opened.session.pk, until=until)
    by = OperatorActor(operator, visitor=visitor)
    note_deed("support.came", by=by, company=company, after={"until": until.isoformat()})
    return opened


@verb
def begin_changes(schema: str, *, by: Actor, visitor: Visitor) -> None:
    """Let a visit that only looks change cards, where the owner has allowed it. ReadingConsent, NotFound."""
    company, visit = _visit_of(schema, by)
    if not visit.consent.may_change:
        raise ReadingConsent()
    with inside(company):
        Session.objects.filter(pk=visit.session_id).update(reads_only=False)
        emit(SupportChanges(None), by=by)
        move_epochs([by.principal_id], reason="sessions", by=by)
    note_deed("support.changes", by=OperatorActor(visit.operator, visitor=visitor), company=company)


@verb
def leave(schema: str, *, by: Actor, visitor: Visitor) -> None:
    """End the visit in which an operator works."""
    company, visit = _visit_of(schema, by)
    _end(company, visit, by)
    with inside(company):
        emit(SupportLeft(None), by=by)
    note_deed("support.left", by=OperatorActor(visit.operator, visitor=visitor), company=company)


@verb
def end_visits_of(operator: Operator) -> None:
    """Whoever is shut out of the console is out of every company, too."""
    schemas = Visit.objects.filter(operator=operator, ended_at__isnull=True, until__gt=timezone.now())
    for schema in schemas.order_by("consent__company").values_list("consent__company__schema_name", flat=True):
        company = locked(schema)
        open_ones = Visit.objects.filter(operator=operator, consent__company=company, ended_at__isnull=True)
        for visit in open_ones.select_related("operator"):
            with inside(company):
                doer = actor_in_company(operator)
            _end(company, visit, doer)


def _withdraw(company: Company, by: Actor) -> None:
    now = timezone.now()
    open_ones = Consent.objects.filter(company=company, revoked_at__isnull=True)
    visits = Visit.objects.filter(consent__in=open_ones, ended_at__isnull=True).select_related("operator")
    for visit in list(visits):
        _end(company, visit, by)
    open_ones.update(revoked_at=now)


def _end(company: Company, visit: Visit, by: Actor) -> None:
    """Shut the visit's session; the moved epoch lets its sockets be shut, too."""
    now = timezone.now()
    with inside(company):
        user = user_of(visit.operator)
        Session.objects.filter(pk=visit.session_id, revoked_at__isnull=True).update(revoked_at=now)
        move_epochs([user.principal_id], reason="sessions", by=by)
    Visit.objects.filter(pk=visit.pk).update(ended_at=now)


def _visit_of(schema: str, by: Actor) -> tuple[Company, Visit]:
    company = locked(schema)
    rows = Visit.objects.filter(consent__company=company, session_id=by.session_id or 0, ended_at__isnull=True)
    visit = rows.select_related("consent", "operator").first()
    if visit is None:
        raise NotFound()
    if visit.consent.revoked_at is not None:
        raise Forbidden()
    return company, visit
