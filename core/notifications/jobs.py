"""Sending one letter: claimed in a scope, sent outside of any, marked in another.

A worker killed between the mail server's «accepted» and our mark leaves the letter waiting; when its claim runs out
the letter goes a second time under the same Message-ID, by which mail programs know the twin. SMTP has no
transaction to close that gap: the choice is between twice and never, and a letter must not be lost.
"""

import smtplib
from datetime import timedelta

from django.utils import timezone

from core.context import Company, company_scope
from core.failpoints import Failpoint
from core.mail import Letter, send

from .errors import LetterIsBeingSent
from .models import Delivery
from .rules import ATTEMPTS, compose, is_final

CLAIMED = Failpoint("notifications.claimed")
SENT = Failpoint("notifications.sent")
# Longer than a conversation with a mail server that still answers (each step waits five seconds at most) and as long as
# the job's lease, so that a killed worker delays a letter by less than a minute.
_CLAIM = timedelta(seconds=25)
_Status = Delivery.Status


def send_delivery(company: Company, delivery_id: int) -> None:
    """Send a waiting letter; a failure goes to the outbox, which comes back later, until attempts run out."""
    with company_scope(company):
        claimed = _claim(company, delivery_id)
    if claimed is None:
        return
    letter, attempt = claimed
    CLAIMED.reach()
    try:
        send(letter)
    except (smtplib.SMTPException, OSError) as failure:
        given_up = attempt >= ATTEMPTS or is_final(failure)
        with company_scope(company):
            _remember_failure(delivery_id, f"{type(failure).__name__}: {failure}", given_up=given_up)
        if given_up:
            return
        raise
    SENT.reach()
    with company_scope(company):
        _finish(delivery_id, status=_Status.SENT, sent_at=timezone.now(), error="")


def _claim(company: Company, delivery_id: int) -> tuple[Letter, int] | None:
    """The letter with the number of this attempt; None when there is nothing to send any more."""
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("principal")
    row = rows.filter(pk=delivery_id, status=_Status.WAITING).first()
    if row is None:
        return None
    if row.claimed_until and row.claimed_until > timezone.now():
        raise LetterIsBeingSent(str(delivery_id))
    if row.principal and not row.principal.is_active:
        _finish(delivery_id, status=_Status.FAILED, error="Получатель заблокирован")
        return None
    row.attempts += 1
    row.claimed_until = timezone.now() + _CLAIM
    row.save(update_fields=["attempts", "claimed_until"])
    letter = compose(
        company, to=row.address, subject=row.subject, paragraphs=row.paragraphs, links=row.links, key=row.message_id
    )
    return letter, row.attempts


def _remember_failure(delivery_id: int, reason: str, *, given_up: bool) -> None:
    if given_up:
        _finish(delivery_id, status=_Status.FAILED, error=reason[:300])
        return
    Delivery.objects.filter(pk=delivery_id).update(claimed_until=None, error=reason[:300])


def _finish(delivery_id: int, **ending: object) -> None:
    Delivery.objects.filter(pk=delivery_id).update(claimed_until=None, **ending)
    Delivery.objects.filter(pk=delivery_id, is_secret=True).update(paragraphs=[], links=[])
