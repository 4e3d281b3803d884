"""Letters that wait to go together: one for each person, hourly or in the morning."""

from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from core.context import Company, company_scope, current_company
from core.outbox.queries import promise, wake

from .actions import DIGEST, SEND
from .kinds import MAIL
from .models import Delivery
from .queries import may_hear

_MOST = 500
_MOST_NAMED = 50
_Status = Delivery.Status
KIND = "notifications.digest"


def send_digests(company: Company, subject_id: int) -> None:
    """Write the letters that are due, and ask to be woken for the next."""
    with company_scope(company):
        rows = list(_waiting().filter(not_before__lte=timezone.now()).order_by("principal_id", "pk")[:_MOST])
        for _, own in groupby(rows, key=lambda row: row.principal_id):
            _gather(list(own))
        following = _waiting().order_by("not_before").values_list("not_before", flat=True).first()
        if following is not None:
            wake(DIGEST, following)


def _waiting() -> QuerySet[Delivery]:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("principal__employee", "entity")
    return rows.filter(status=_Status.WAITING, channel=MAIL, trace__digest=True)


def _gather(rows: list[Delivery]) -> None:
    """One letter of all that its reader may still hear; each of the rows is done with it."""
    heard = [row for row in rows if _is_heard(row)]
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(status=_Status.SENT, sent_at=timezone.now())
    if not heard:
        return
    named, more = heard[:_MOST_NAMED], len(heard) - _MOST_NAMED
    letter = Delivery.objects.create(
        principal_id=heard[0].principal_id,
        kind=KIND,
        channel=MAIL,
        address=heard[0].address,
        subject=f"Сводка уведомлений: {len(heard)}",
        paragraphs=["Что произошло с прошлой сводки."] + ([f"И ещё {more}: они в колокольчике."] if more > 0 else []),
        links=[[row.subject, row.links[0][1]] for row in named if row.links],
        message_id=f"{current_company().schema}-digest-{heard[-1].pk}-{heard[0].principal_id}",
    )
    promise(SEND, letter.pk)


def _is_heard(row: Delivery) -> bool:
    if row.principal is None or not row.principal.is_active:
        return False
    return row.entity is None or may_hear(row.principal, row.entity, row.kind)
