"""Changes of subscriptions. All run in a control scope with the company's row locked first, then its subscription."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from billing.errors import PaidByCard, PaymentNeeded
from billing.events import PlanChanged, StageChanged
from billing.letters import Said, payment_due, trial_ends
from billing.models import CardAccount, CardSession, Subscription
from billing.notifications import DUE
from billing.permissions import MANAGE_BILLING
from billing.queries import ceilings_of, held_of, locked_subscription, owes_extras, read_wish, today
from billing.rules.allowing import allowance_on
from billing.rules.card import TRIALING
from billing.rules.life import Stage, Term, next_day, reminder_on, stage_on
from billing.rules.offers import Choice, Period
from billing.rules.prices import Held, Quote, after, quote
from billing.rules.wishes import Wish
from core.access.actor import Actor
from core.access.loading import system_actor
from core.access.models import RoleAssignment
from core.events.bus import Change, emit
from core.notifications.actions import notify
from core.notifications.kinds import Notification
from core.outbox.queries import promise
from core.verb import verb
from tenants.actions import allow
from tenants.models import Company
from tenants.queries import locked
from tenants.snapshots import inside

from .invoices import close_days

_OWNER = "owner"
SHUT_JOB = "job:billing.card_shut"


@verb
def change_plan(schema: str, wish: Wish, *, by: Actor) -> Subscription:
    """Take what costs nothing now: a smaller plan, or one that the credit covers. What stands already stays.

    Errors: Forbidden, Invalid by field, PaidByCard, PaymentNeeded when money is missing.
    """
    by.must(MANAGE_BILLING)
    company, day = locked(schema), today()
    row = locked_subscription(company.pk)
    held, wanted = held_of(row), read_wish(row, wish, day)
    if held.by_card:
        raise PaidByCard("Тариф оплачивается картой. Сначала отключите оплату картой")
    # A repeated request finds its plan in place; the next period of it is bought by paying an invoice.
    if wanted == held.choice:
        return row
    counted = quote(held, wanted, day)
    if counted.charge:
        raise PaymentNeeded(counted.charge, wanted.offer.currency)
    take(company, row, counted, day=day, by=by)
    return row


@verb
def take(company: Company, row: Subscription, counted: Quote, *, day: date, by: Actor) -> None:
    """Let a choice hold whose charge is paid: its days, its limits, its fact."""
    before, then = held_of(row), after(held_of(row), counted)
    if then.paid_from != before.paid_from:
        close_days(company, row, before, day=day)
    row.version_id = counted.wanted.offer.version_id
    row.period, row.seats, row.add_ons = then.choice.period, then.choice.seats, list(then.choice.add_ons)
    row.paid_from, row.paid_until, row.paid_sum = then.paid_from, then.paid_until, then.paid_sum
    row.credit, row.revision = then.credit, row.revision + 1
    changes = tuple(changes_of(before, then))
    settle(company, row, then, day=day)
    shut_addresses(company.pk)
    with inside(company):
        emit(PlanChanged(None, changes=changes), by=by)


def shut_addresses(company_id: int) -> None:
    """Days or credit have moved by something other than a card: nobody pays any more where they were counted before.

    An address that has no name yet is marked, so that it is shut as soon as it has one.
    """
    pages = CardSession.objects.filter(company=company_id, over_at__isnull=True)
    pages.filter(session__isnull=True).update(over_at=timezone.now())
    if CardAccount.objects.filter(pk=company_id, status=TRIALING).exists() or pages.exists():
        promise(SHUT_JOB, company_id)


@verb
def live(schema: str, *, day: date) -> Subscription:
    """Bring a subscription to where it stands on a day, tell of what has changed and write the letter that is due."""
    company = locked(schema)
    row = locked_subscription(company.pk)
    _renew(company, row, day)
    held = held_of(row)
    if held.paid_until is not None and held.paid_until <= day:
        close_days(company, row, held, day=day)
    reminder = reminder_on(held.term, day)
    is_new = reminder is not None and reminder.code != row.notice
    if reminder is not None:
        row.notice = reminder.code
    settle(company, row, held, day=day)
    if reminder is not None and is_new:
        compose = trial_ends if held.term.is_free else payment_due
        with inside(company):
            write_owners(DUE, compose(reminder, held.choice.offer.title), key=f"billing-{reminder.code}")
    return row


def _renew(company: Company, row: Subscription, day: date) -> None:
    """The next period of what has ended, if the money for it waits."""
    held = held_of(row)
    # A card takes its next period itself: credit beside it would pay the same days twice.
    if held.by_card or held.choice.offer.is_free or day < held.bought.due:
        return
    counted = quote(held, held.choice, day)
    if not counted.charge:
        with inside(company):
            system = system_actor()
        take(company, row, counted, day=day, by=system)


def settle(company: Company, row: Subscription, held: Held, *, day: date) -> None:
    """Write where the subscription stands, and let the company do what follows from it."""
    before, term = row.stage, held.term
    row.stage, row.next_on = stage_on(term, day), next_day(term, day)
    if row.next_on is not None and day < held.bought.due:
        # On that day a period whose money waits is taken.
        row.next_on = min(row.next_on, held.bought.due)
    row.save()
    said, owes = ceilings_of(company.pk), owes_extras(company.pk, day)
    allow(company, allowance_on(term, held.choice, day, ceilings=said, owes_extras=owes))
    if before != row.stage:
        change = Change("stage", Stage(before).label, Stage(row.stage).label)
        with inside(company):
            emit(StageChanged(None, changes=(change,)), by=system_actor())


def write_owners(kind: Notification, said: Said, *, key: str) -> None:
    """To the owners, each once whatever is repeated; inside the company."""
    owners = RoleAssignment.objects.filter(role__code=_OWNER).values_list("principal_id", flat=True)
    notify(owners, kind=kind, subject=said.subject, paragraphs=said.paragraphs, link_path="", key=key)


def changes_of(before: Held, then: Held) -> Sequence[Change]:
    """What of a purchase people read in the history."""
    pairs = (
        ("plan", before.choice.offer.title, then.choice.offer.title),
        ("period", Period(before.choice.period).label, Period(then.choice.period).label),
        ("seats", before.choice.seats, then.choice.seats),
        ("add_ons", _named(before.choice), _named(then.choice)),
        ("paid_until", _day(before.bought), _day(then.bought)),
    )
    return [Change(name, old, new) for name, old, new in pairs if old != new]


def _named(choice: Choice) -> str:
    return ", ".join(choice.offer.add_ons[code].title for code in choice.add_ons if code in choice.offer.add_ons)


def _day(term: Term) -> str | None:
    return term.paid_until.isoformat() if term.paid_until else None
