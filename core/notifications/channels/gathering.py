"""Several messages about one card to one person that go as one.

The first to be taken carries those that wait beside it: their words stand in it from then on, and whatever becomes of
it becomes of them, so that none is lost with a worker and none goes twice.
"""

from django.utils import timezone

from core.registry import registry

from ..kinds import MAIL, TELEGRAM
from ..models import Delivery

_Status = Delivery.Status
CARRIES, CARRIED = "carries", "carried_by"
_MOST = 20
_OF_CARRIER = ("status", "error", "sent_at")


def gather(row: Delivery) -> None:
    """Put what waits about the same card into a message that is being taken; the row is locked.

    Only talk goes together; what asks for a deed or names the person goes alone. What waits for a digest is
    the digest's.
    """
    if row.entity_id is None or row.channel not in (MAIL, TELEGRAM) or row.attempts or _is_alone(row):
        return
    waiting = Delivery.objects.select_for_update(skip_locked=True).filter(
        entity=row.entity_id, principal=row.principal_id, channel=row.channel, status=_Status.WAITING, attempts=0
    )
    due = waiting.filter(not_before__lte=timezone.now()).exclude(pk=row.pk).order_by("pk")[:_MOST]
    others = [one for one in due if not _is_alone(one)]
    if not others:
        return
    row.paragraphs = [*row.paragraphs, *(line for one in others for line in ("", one.subject, *one.paragraphs))]
    row.subject = f"{row.subject} (+{len(others)})"[: Delivery._meta.get_field("subject").max_length]
    row.trace = row.trace | {CARRIES: [one.pk for one in others]}
    row.save(update_fields=["paragraphs", "subject", "trace"])
    for one in others:
        one.trace = one.trace | {CARRIED: row.pk}
        one.save(update_fields=["trace"])


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
