"""Several messages to one person that go as one: what is said about one card, and what comes in a flood.

The first to be taken carries those that wait beside it: their words stand in it from then on, and whatever becomes of
it becomes of them, so that none is lost with a worker and none goes twice.
"""

from django.db.models import QuerySet
from django.utils import timezone

from core.registry import registry

from ..kinds import GATHERED
from ..models import TOGETHER, Delivery
from ..queries import may_hear

_Status = Delivery.Status
CARRIES, CARRIED = "carries", "carried_by"
_MOST = 20
# Of a flood so many go together, and so many are named.
_MOST_TOGETHER, _MOST_NAMED = 500, 50
_OF_CARRIER = ("status", "error", "sent_at")


def gather(row: Delivery) -> None:
    """Put what waits beside a message that is being taken into it; the row is locked.

    Of a flood all of the kind go together. About one card only talk does; what asks for a deed or names the person
    goes alone. What waits for a digest is the digest's.
    """
    if row.channel not in GATHERED or row.attempts or is_carried(row):
        return
    if row.trace.get(TOGETHER):
        _gather_flood(row)
    elif row.entity_id is not None and not _is_alone(row):
        _gather_talk(row)


def goes_for_many(row: Delivery) -> bool:
    """Whether a message stands for several cards, so that no button can mean one of them."""
    return bool(row.trace.get(TOGETHER) and row.trace.get(CARRIES))


def _gather_talk(row: Delivery) -> None:
    due = _due_beside(row).filter(entity=row.entity_id)[:_MOST]
    others = [one for one in due if not _is_alone(one)]
    if not others:
        return
    row.paragraphs = [*row.paragraphs, *(line for one in others for line in ("", one.subject, *one.paragraphs))]
    row.subject = f"{row.subject} (+{len(others)})"[: Delivery._meta.get_field("subject").max_length]
    _carry(row, others)


def _gather_flood(row: Delivery) -> None:
    """One message of all of its kind: the cards that the person may still see are named, each with its link."""
    others = list(_due_beside(row).filter(kind=row.kind, trace__together=True)[:_MOST_TOGETHER])
    what = registry.notifications().get(row.kind)
    if not others or what is None:
        return
    named = [row, *(one for one in others[: _MOST_NAMED - 1] if _is_heard(one))]
    more = len(others) + 1 - len(named)
    row.links = [[one.subject, one.links[0][1]] for one in named if one.links]
    row.subject = f"{what.title}: {len(others) + 1}"
    row.paragraphs = [f"И ещё {more}: они в колокольчике."] if more else []
    _carry(row, others)


def _due_beside(row: Delivery) -> QuerySet[Delivery]:
    waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        principal=row.principal_id, channel=row.channel, status=_Status.WAITING, attempts=0
    )
    due = waiting.filter(not_before__lte=timezone.now()).exclude(trace__has_key=CARRIED).exclude(pk=row.pk)
    return due.select_related("principal", "entity").order_by("pk")


def _carry(row: Delivery, others: list[Delivery]) -> None:
    row.trace = row.trace | {CARRIES: [one.pk for one in others]}
    row.save(update_fields=["paragraphs", "subject", "links", "trace"])
    for one in others:
        one.trace = one.trace | {CARRIED: row.pk}
    Delivery.objects.bulk_update(others, ["trace"])


def _is_heard(row: Delivery) -> bool:
    return row.principal is None or row.entity is None or may_hear(row.principal, row.entity, row.kind)


def is_carried(row: Delivery) -> bool:
    """Whether a message goes within another one."""
    return CARRIED in row.trace


def settle_carried(delivery_id: int) -> None:
    """What has become of a message has become of those that it carries."""
    carrier = Delivery.objects.filter(pk=delivery_id, trace__has_key=CARRIES).first()
    if carrier is not None:
        same = {name: getattr(carrier, name) for name in _OF_CARRIER}
        Delivery.objects.filter(pk__in=carrier.trace[CARRIES]).update(**same)


def _is_alone(row: Delivery) -> bool:
    what = registry.notifications().get(row.kind)
    return what is None or not what.is_talk or bool(row.trace.get("digest")) or is_carried(row)
