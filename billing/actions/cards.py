"""What paying by card writes. In a control scope, the company's row locked first, then its subscription.

Nothing here calls the provider: what it says is read outside, and taken over here in one transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from billing.card.kinds import HANDLED
from billing.errors import CardNotOffered, NoCard, NothingToPay, OnlySameByCard, PaidByCard, TooManyCardSessions
from billing.events import PaymentCame, PlanChanged
from billing.letters import card_refused, use_left
from billing.models import CardAccount, CardEvent, CardSession, Payment, Subscription
from billing.notifications import DUE
from billing.permissions import MANAGE_BILLING
from billing.queries import ZONE, held_of, locked_subscription, read_wish, today
from billing.rules.card import TRIALING, Seen, Wanted, wanted_of, why_refused
from billing.rules.offers import ZERO
from billing.rules.wishes import Wish
from core.access.actor import Actor
from core.access.loading import system_actor
from core.events.bus import emit
from core.outbox.queries import promise
from core.verb import verb
from tenants.models import Company
from tenants.queries import locked
from tenants.snapshots import inside

from .card_days import hold
from .subscriptions import SHUT_JOB, changes_of, live, settle, write_owners

EVENT_JOB = "job:billing.card_event"
# The provider takes no first payment nearer than two days ahead; what is nearer is paid at once.
NEAREST = timedelta(hours=49)
MOST_AN_HOUR = 30


@dataclass(frozen=True)
class SetOut:
    """Somebody sets out to pay: `number` names the deed, `starts` is when the first money is taken, None: at once."""

    number: int
    customer: str
    name: str
    wanted: tuple[Wanted, ...]
    starts: datetime | None


@verb
def set_out(schema: str, wish: Wish, *, by: Actor, is_offered: bool) -> SetOut:
    """Begin to pay for a choice by card. What is paid by invoice is not paid twice: the card begins where that ends.

    Errors: Forbidden, Invalid by field, CardNotOffered, PaidByCard, NothingToPay, OnlySameByCard, TooManyCardSessions.
    """
    by.must(MANAGE_BILLING)
    if not is_offered:
        raise CardNotOffered()
    company, day = locked(schema), today()
    row = locked_subscription(company.pk)
    held, wanted = held_of(row), read_wish(row, wish, day)
    if held.by_card:
        raise PaidByCard("Тариф уже оплачивается картой. Выберите другой, и разница спишется с неё")
    if wanted.offer.is_free:
        raise NothingToPay()
    # Credit buys no days while a card pays: it begins where those end that are bought.
    until = held.bought.due
    if held.paid_until is not None and until > day and wanted != held.choice:
        raise OnlySameByCard(until)
    sessions = CardSession.objects.filter(company=company)
    if sessions.filter(made_at__gte=timezone.now() - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise TooManyCardSessions()
    made = CardSession.objects.create(company=company)
    account = CardAccount.objects.filter(pk=company.pk).first()
    starts = datetime.combine(until, time.min, ZONE)
    return SetOut(
        number=made.pk,
        customer=account.customer if account else "",
        name=company.name,
        wanted=tuple(wanted_of(wanted)),
        starts=starts if starts - timezone.now() > NEAREST else None,
    )


@verb
def note_customer(schema: str, customer: str) -> None:
    """Remember who a company is at the provider; of two that set out at once both were told the same name."""
    company = locked(schema)
    CardAccount.objects.bulk_create([CardAccount(company=company, customer=customer)], ignore_conflicts=True)


@verb
def note_session(number: int, session: str) -> bool:
    """Remember the address at which somebody pays: no other session is answered to this company.

    False when what it was counted from has changed since he set out: then nobody may pay there.
    """
    row = CardSession.objects.select_for_update().get(pk=number)
    is_stale, row.session, row.over_at = row.over_at is not None, session, None
    row.save(update_fields=["session", "over_at"])
    if is_stale:
        promise(SHUT_JOB, row.company_id)
    return not is_stale


@verb
def close_session(session: str) -> None:
    """Nobody pays there any more."""
    CardSession.objects.filter(session=session, over_at__isnull=True).update(over_at=timezone.now())


@verb
def take_ticket(schema: str) -> tuple[str, int] | None:
    """(customer, number) of a reading that begins now; None for a company that has never paid by card."""
    account = CardAccount.objects.select_for_update(of=("self",)).filter(company__schema_name=schema).first()
    if account is None:
        return None
    account.asked += 1
    account.save(update_fields=["asked"])
    return account.customer, account.asked


@verb
def note_moved(schema: str, move: int) -> None:
    """What has become our credit is no more at the provider. A reading begun before, which still saw it, is dropped."""
    account = CardAccount.objects.select_for_update(of=("self",)).get(company__schema_name=schema)
    if account.moves != move:
        return
    account.taken, account.moves, account.asked = ZERO, account.moves + 1, account.asked + 1
    account.applied = account.asked
    account.save(update_fields=["taken", "moves", "asked", "applied"])


@verb
def may_change(schema: str, wish: Wish, *, by: Actor) -> tuple[CardAccount, tuple[Wanted, ...]]:
    """Whether a running card subscription may become a choice.

    Errors: Forbidden, Invalid, NoCard, NothingToPay, OnlySameByCard while the card still waits for days paid otherwise.
    """
    by.must(MANAGE_BILLING)
    company, day = locked(schema), today()
    row, account = locked_subscription(company.pk), CardAccount.objects.filter(pk=company.pk).first()
    if account is None or row.by != Subscription.By.CARD:
        raise NoCard()
    wanted = read_wish(row, wish, day)
    held = held_of(row)
    if wanted.offer.is_free:
        raise NothingToPay(
            "Отключите оплату картой. Бесплатный тариф можно выбрать, когда закончится оплаченный срок"
            if held.paid_until
            else "Отключите оплату картой: тогда после пробного периода начнёт действовать бесплатный тариф"
        )
    # While it waits the provider evens nothing out: a dearer choice would hold for nothing until the first money.
    if account.status == TRIALING and held.paid_until is not None and wanted != held.choice:
        raise OnlySameByCard(max(held.paid_until, day))
    return account, tuple(wanted_of(wanted))


@verb
def may_manage(schema: str, *, by: Actor) -> CardAccount:
    """The company's account at the provider, for whoever may pay. Errors: Forbidden, NoCard."""
    by.must(MANAGE_BILLING)
    account = CardAccount.objects.filter(company=locked(schema)).first()
    if account is None:
        raise NoCard()
    return account


@verb
def take_over(schema: str, seen: Seen | None, *, ticket: int, day: date) -> bool:
    """Let what was read at the provider hold here; False when something read later holds already.

    Everything follows from what is there now, so the same reading again changes nothing.
    """
    company = locked(schema)
    row = locked_subscription(company.pk)
    account = CardAccount.objects.select_for_update().get(pk=company.pk)
    if ticket <= account.applied:
        return False
    former, left = account.status, account.left
    account.applied, account.read_at = ticket, timezone.now()
    came = _credit(company, seen)
    before = held_of(row)
    hold(company, row, account, before, seen, came=came, day=day)
    _remember(account, seen)
    then = held_of(row)
    settle(company, row, then, day=day)
    if changes := tuple(changes_of(before, then)):
        with inside(company):
            emit(PlanChanged(None, changes=changes), by=system_actor())
    if seen is not None and seen.is_owing and former != seen.status:
        with inside(company):
            write_owners(DUE, card_refused(why_refused(seen.problem)), key=f"billing-card-{seen.owed}")
    if seen is not None and seen.left and not left:
        with inside(company):
            write_owners(DUE, use_left(seen.left), key=f"billing-left-{seen.owed}")
    live(schema, day=day)
    return True


def _remember(account: CardAccount, seen: Seen | None) -> None:
    if seen is not None:
        card = seen.card
        account.subscription, account.status = seen.subscription, seen.status
        account.cancels_on = seen.cancels_at.astimezone(ZONE).date() if seen.cancels_at and seen.is_live else None
        account.brand, account.last4, account.expires = (
            (card.brand[:20], card.last4, card.expires) if card else ("", "", "")
        )
        account.problem, account.pay_url, account.left = seen.problem[:60], seen.pay_url, seen.left
    account.save()


def _credit(company: Company, seen: Seen | None) -> list[Payment]:
    """Money that has come since it was read last; each invoice once, whoever reads of it how often."""
    told = {f"stripe:{paid.id}": paid for paid in (seen.paid if seen else ()) if paid.total > ZERO}
    known = set(Payment.objects.filter(key__in=told).values_list("key", flat=True))
    last4 = seen.card.last4 if seen and seen.card else ""
    fresh = [
        Payment(
            key=key,
            state=Payment.State.CREDITED,
            company=company,
            came_on=paid.paid_at.astimezone(ZONE).date(),
            total=paid.total,
            bank_number=paid.number[:50],
            payer_name=company.name,
            payer_account=f"•••• {last4}" if last4 else "",
            purpose=f"Оплата картой по счёту {paid.number}",
        )
        for key, paid in told.items()
        if key not in known
    ]
    if fresh:
        Payment.objects.bulk_create(fresh)
        with inside(company):
            for payment in fresh:
                emit(PaymentCame(None, number=payment.bank_number, total=str(payment.total)), by=system_actor())
    return fresh


@verb
def note_event(code: str, kind: str, customer: str) -> CardEvent | None:
    """Write down what the provider tells, once; None when it has told so before. What concerns us is promised."""
    after = CardAccount.objects.filter(customer=customer).values_list("asked", flat=True).first() if customer else None
    told: dict[str, Any] = {"kind": kind, "customer": customer, "after": after or 0}
    if kind not in HANDLED or after is None:
        why = "Такие события ничего не меняют" if kind not in HANDLED else "Покупатель не из наших компаний"
        told |= {"state": CardEvent.State.IGNORED, "reason": why, "done_at": timezone.now()}
    event, is_new = CardEvent.objects.get_or_create(code=code, defaults=told)
    if not is_new:
        return None
    if event.state == CardEvent.State.WAITING:
        promise(EVENT_JOB, event.pk)
    return event


@verb
def begin_event(event_id: int) -> str | None:
    """The company that an event asks to be read anew; None when it is done, or something read later holds already."""
    event = CardEvent.objects.select_for_update().filter(pk=event_id).first()
    if event is None or event.state in (CardEvent.State.APPLIED, CardEvent.State.IGNORED):
        return None
    account = CardAccount.objects.select_related("company").filter(customer=event.customer).first()
    if account is None or account.applied > event.after:
        end_event(event_id)
        return None
    return account.company.schema_name


@verb
def end_event(event_id: int, *, failed: str = "") -> None:
    """An event is done with, or has failed and is tried again; `failed` names the kind of failure."""
    state = CardEvent.State.FAILED if failed else CardEvent.State.APPLIED
    done = None if failed else timezone.now()
    CardEvent.objects.filter(pk=event_id).update(state=state, reason=failed[:200], done_at=done)


@verb
def forget_told(before: datetime, limit: int) -> int:
    """Drop what was told and begun long ago; how many rows."""
    events = CardEvent.objects.filter(received_at__lt=before, done_at__isnull=False).values_list("pk", flat=True)
    sessions = CardSession.objects.filter(made_at__lt=before).values_list("pk", flat=True)
    gone, _ = CardEvent.objects.filter(pk__in=list(events[:limit])).delete()
    more, _ = CardSession.objects.filter(pk__in=list(sessions[:limit])).delete()
    return gone + more
