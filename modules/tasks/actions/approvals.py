"""What stands between a draft and its release: who was asked to approve it, and what ends that."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils import timezone

from core.entities.models import Participant
from core.entities.participants import replace
from core.events.bus import Change, Event
from core.events.models import Fact
from core.options.queries import option

from ..errors import NotApprovedYet
from ..events import DraftRecalled
from ..models import DraftRequest, Task
from ..options import NEEDS_APPROVAL

Outcome = DraftRequest.Outcome
CHANGED, TAKEN_BACK = "черновик изменён, отправьте его ещё раз", "автор передумал"
# What is said about a draft changes nothing of it.
_TALK = "comments."


def standing_requests(task_ids: Collection[int]) -> dict[int, DraftRequest]:
    """Id of a draft → the request by which it waits, is approved or was returned; one query."""
    latest = DraftRequest.objects.filter(task__in=list(task_ids)).order_by("task_id", "-pk").distinct("task_id")
    return {row.task_id: row for row in latest if row.outcome != Outcome.DROPPED}


def standing_request(task: Task) -> DraftRequest | None:
    """The same of one draft; None when nobody is asked."""
    return standing_requests([task.pk]).get(task.pk)


def waiting_by(bundles: Collection[UUID]) -> QuerySet[DraftRequest]:
    """Requests that still wait by these sendings; a draft in the trash is decided about when it is back."""
    return DraftRequest.objects.filter(bundle__in=bundles, outcome=Outcome.WAITING, task__trashed_at__isnull=True)


def latest_facts(task_ids: Collection[int]) -> dict[int, int]:
    """Id of a draft → what has happened to it last: what whoever looks at it now has seen."""
    rows = Fact.objects.filter(entity__in=list(task_ids)).order_by().values_list("entity_id")
    return dict(rows.annotate(last=Max("pk")))


def changed_since(seen: Mapping[int, int], approver: int, *, before: int | None = None) -> bool:
    """Whether anybody but the approver has done anything with one of the drafts since the fact that he has seen last,
    and before another one if that is named; `seen` is {draft: fact}."""
    facts = Fact.objects.filter(entity__in=list(seen), pk__gt=min(seen.values())).exclude(actor=approver)
    facts = facts if before is None else facts.filter(pk__lt=before)
    rows = facts.exclude(kind__startswith=_TALK).order_by().values_list("entity_id")
    return any(last > seen[pk] for pk, last in rows.annotate(last=Max("pk")))


def is_approved(task: Task) -> bool:
    """Whether somebody has approved a draft as it stands now."""
    asked = standing_request(task)
    if asked is None or asked.outcome != Outcome.APPROVED:
        return False
    return not changed_since({task.pk: asked.seen}, asked.approver_id)


def must_be_approved(task: Task) -> None:
    """Refuse to release a draft that the company wants to be approved before."""
    if option(NEEDS_APPROVAL) and not is_approved(task):
        raise NotApprovedYet()


def recall(task: Task, why: str, *, asker: int | None = None) -> list[Event]:
    """End the approval of a locked draft that waits for it or has it; what is to be said, nothing when it had none.

    A date that has passed meanwhile releases nothing any more; the caller saves `release_at`.
    """
    held = DraftRequest.objects.filter(task=task, outcome__in=(Outcome.WAITING, Outcome.APPROVED))
    if not held.update(outcome=Outcome.DROPPED, decided_at=timezone.now()):
        return []
    left = let_go(task)
    drop_past_date(task)
    return [DraftRecalled(task.ref, (Change("reason", None, why),), asker, left)]


def settle_request(task: Task) -> tuple[int, ...]:
    """A draft is being released: whoever was asked about it, and is named in the answer, has nothing to decide."""
    waiting = DraftRequest.objects.filter(task=task, outcome=Outcome.WAITING)
    waiting.update(outcome=Outcome.DROPPED, decided_at=timezone.now())
    return let_go(task)


def let_go(task: Task) -> tuple[int, ...]:
    """Nobody approves a draft any more: principals who did, and see it no longer."""
    _, left = replace(task, Participant.Part.APPROVER, [])
    return tuple(sorted(left))


def keep_approval(task: Task, fact_id: int) -> None:
    """What has just been said of a draft is no matter of its approval; what has been said before it stays one."""
    asked = standing_request(task)
    if asked is None or asked.outcome != Outcome.APPROVED:
        return
    if not changed_since({task.pk: asked.seen}, asked.approver_id, before=fact_id):
        asked.seen = fact_id
        asked.save(update_fields=["seen"])


def gathered(task: Task, fact_id: int) -> None:
    """Who looks on is no matter of a draft's approval."""
    if task.is_draft:
        keep_approval(task, fact_id)


def drop_past_date(task: Task) -> None:
    """Let a draft wait for a hand when its date has passed; the caller saves `release_at`."""
    if task.release_at is not None and task.release_at <= timezone.now():
        task.release_at = None
