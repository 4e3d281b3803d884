"""Giving drafts: several at once, each at its moment, or when somebody has approved them."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from django.db.models import QuerySet
from django.utils import timezone

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.access.queries import visible
from core.entities.locks import lock
from core.entities.models import Participant
from core.entities.participants import replace
from core.errors import Forbidden, Invalid, NotFound
from core.events.bus import Change, emit
from core.identity.models import Principal
from core.organization.people import people
from core.outbox.queries import wake
from core.registry import registry
from core.texts import clean_lines
from core.verb import verb

from ..errors import (
    AlreadyDecided,
    AlreadySent,
    AuthorGivesNoMore,
    DraftChanged,
    DraftWasReturned,
    NotApprovedYet,
    SentAgain,
    WrongMoment,
)
from ..events import ApproverChanged, DraftApproved, DraftReturned, DraftSent, ReleaseMissed
from ..models import DraftRequest, Task
from ..queries import is_initiator
from ..rules import LONGEST_REASON, RELEASE
from .approvals import (
    TAKEN_BACK,
    Outcome,
    changed_since,
    drop_past_date,
    is_approved,
    let_go,
    recall,
    standing_request,
    waiting_by,
)
from .cards import do_deed
from .guards import must_decide

Part = Participant.Part
_LEFT = "кто утверждал, больше не работает: отправьте другому"


@verb
def release_drafts(drafts: Sequence[Task], *, by: Actor) -> list[Task]:
    """Give a set of drafts: all of them, or none when one cannot be given. Errors: NotInitiator, WrongMoment."""
    return [do_deed(draft, "release", by=by) for draft in sorted(drafts, key=lambda draft: draft.pk)]


@verb
def release_by_date(draft: Task, *, by: Actor) -> Task:
    """Give a draft whose moment has come, in its author's name. What he has asked somebody to approve goes only as it
    was approved, and stays as it is when he has done something about it meanwhile.

    Errors: DraftWasReturned, NotApprovedYet, those of `do_deed`.
    """
    draft = lock(draft)
    if not _has_come(draft):
        return draft
    asked = standing_request(draft)
    if asked is not None and not is_approved(draft):
        raise DraftWasReturned() if asked.outcome == Outcome.RETURNED else NotApprovedYet()
    return do_deed(draft, "release", by=by)


@verb
def miss_release(draft: Task, why: str, *, by: Actor) -> None:
    """Let a draft that could not be given at its moment wait for its author's hand; he is told why."""
    draft = lock(draft)
    if not _has_come(draft):
        return
    draft.release_at = None
    draft.save_change("release_at")
    emit(ReleaseMissed(draft.ref, (Change("reason", None, why),), draft.author_id, why), by=by)


@verb
def ask_approval(drafts: Sequence[Task], *, approver: int, by: Actor) -> None:
    """Send one's own drafts to somebody (a principal) who approves or returns all of them together.

    Until he decides he sees them, and nobody besides him and the author does. Errors: NotInitiator, WrongMoment,
    AlreadySent, Invalid on `approver` for oneself and for whoever may not see tasks.
    """
    if approver == by.principal_id:
        raise Invalid({"approver": "Самому себе на утверждение не отправляют. Выберите другого"})
    held = [_own_draft(draft, by) for draft in sorted(drafts, key=lambda draft: draft.pk)]
    bundle, name = uuid4(), people([approver])[approver]["name"]
    together = tuple(draft.pk for draft in held)
    for draft in held:
        replace(draft, Part.APPROVER, [approver])
        change = Change("approver", None, name)
        seen = emit(DraftSent(draft.ref, (change,), approver, together if draft is held[0] else ()), by=by)
        DraftRequest.objects.create(
            task=draft, asker_id=by.principal_id, approver_id=approver, bundle=bundle, seen=seen
        )
    if not _sees(approver, held):
        raise Invalid({"approver": "Этому сотруднику задачи не видны, и черновик он не откроет. Выберите другого"})


@verb
def approve_drafts(seen: Mapping[int, int], *, by: Actor) -> list[Task]:
    """Approve drafts that were sent together, each as it stood at the fact that the approver has seen last ({request:
    fact}). They are given in their author's name, all or none; one that has a date ahead waits for it.

    Errors: NotFound, AlreadyDecided, DraftChanged, AuthorGivesNoMore, those of `do_deed`.
    """
    held = _held(seen, by)
    if changed_since({task.pk: seen[row.pk] for row, task in held}, by.principal_id):
        raise DraftChanged()
    together = tuple(task.pk for _, task in held)
    for row, task in held:
        author = _author(task, by)
        first = together if task is held[0][1] else ()
        fact = DraftApproved(task.ref, row.asker_id, let_go(task), first)
        _end(row, Outcome.APPROVED, seen=emit(fact, by=by))
        if task.release_at is not None and task.release_at > timezone.now():
            wake(RELEASE, task.release_at)
        else:
            do_deed(task, "release", by=author)
    return [task for _, task in held]


@verb
def return_drafts(requests: Sequence[int], *, reason: str, by: Actor) -> list[Task]:
    """Send drafts that were sent together back to their author, who may change them and ask again. Errors: NotFound,
    AlreadyDecided, DraftChanged, Invalid on `text` without a reason."""
    said = clean_lines(reason)
    if not 1 <= len(said) <= LONGEST_REASON:
        raise Invalid({"text": f"Напишите, что исправить, не длиннее {LONGEST_REASON} знаков"})
    held = _held(dict.fromkeys(requests, 0), by)
    together = tuple(task.pk for _, task in held)
    for row, task in held:
        left = let_go(task)
        _end(row, Outcome.RETURNED, reason=said)
        if task.release_at is not None:
            drop_past_date(task)
            task.save_change("release_at")
        first = together if task is held[0][1] else ()
        emit(DraftReturned(task.ref, (Change("reason", None, said),), row.asker_id, said, left, first), by=by)
    return [task for _, task in held]


@verb
def approve_unseen(task: Task, *, by: Actor) -> list[Task]:
    """Approve what a message has told of: drafts that are as they were when they were sent for the first time.

    Errors: AlreadyDecided, SentAgain, those of `approve_drafts`.
    """
    waiting = _waiting_with(task, by)
    told = dict(waiting.values_list("pk", "seen"))
    before = DraftRequest.objects.filter(task__in=waiting.values("task"), pk__lt=min(told))
    if before.exists():
        raise SentAgain()
    return approve_drafts(told, by=by)


@verb
def return_unseen(task: Task, *, reason: str, by: Actor) -> list[Task]:
    """Return what a message has told of: the draft with all that wait by the same sending. Errors: those of
    `return_drafts`."""
    return return_drafts(list(_waiting_with(task, by).values_list("pk", flat=True)), reason=reason, by=by)


@verb
def recall_draft(draft: Task, *, by: Actor) -> Task:
    """Take back one's own draft from whoever was to approve it. Errors: NotInitiator, AlreadyDecided."""
    must_decide(draft, by)
    draft = lock(draft)
    must_decide(draft, by)
    facts = recall(draft, TAKEN_BACK) if draft.is_draft else []
    if not facts:
        raise AlreadyDecided()
    draft.save_change("release_at")
    for fact in facts:
        emit(fact, by=by)
    return draft


@verb
def pass_approval(request: DraftRequest, *, to: int, by: Actor) -> None:
    """Let another person decide in place of one who works here no more; of a set the first draft that he gets tells.

    A draft that he wrote himself, may not see or that is private goes back to its author, who is told. Errors:
    Forbidden while the approver works, AlreadyDecided.
    """
    if Principal.objects.filter(pk=request.approver_id, is_active=True).exists():
        raise Forbidden("Пока тот, кто утверждает, работает, решает он. Черновик отзывает автор")
    task = lock(request.task)
    row = _locked([request.pk])[0]
    former = row.approver_id
    replace(task, Part.APPROVER, [to])
    if to == row.asker_id or task.is_private or not _sees(to, [task]):
        facts = recall(task, _LEFT, asker=row.asker_id)
        task.save_change("release_at")
        for fact in facts:
            emit(fact, by=by)
        return
    together = _passed_with(row, to)
    row.approver_id = to
    row.save(update_fields=["approver"])
    names = people([former, to])
    change = Change("approver", names[former]["name"], names[to]["name"])
    row.seen = emit(ApproverChanged(task.ref, (change,), to, (former,), together), by=by)
    row.save(update_fields=["seen"])


def _own_draft(draft: Task, by: Actor) -> Task:
    must_decide(draft, by)
    draft = lock(draft)
    must_decide(draft, by)
    if not draft.is_draft:
        raise WrongMoment()
    waiting = DraftRequest.objects.filter(task=draft, outcome=Outcome.WAITING)
    if waiting.exists():
        raise AlreadySent(draft.number)
    DraftRequest.objects.filter(task=draft, outcome=Outcome.APPROVED).update(outcome=Outcome.DROPPED)
    return draft


def _held(requests: Mapping[int, int], by: Actor) -> list[tuple[DraftRequest, Task]]:
    """What the actor is asked about, with the drafts, all of them locked in the order of their making.

    What was sent together is decided together: DraftChanged when something of it is left out.
    """
    asked = DraftRequest.objects.filter(pk__in=list(requests), approver=by.principal_id)
    task_ids = set(asked.values_list("task_id", flat=True))
    if not requests or asked.count() != len(requests):
        raise NotFound()
    if asked.exclude(outcome=Outcome.WAITING).exists():
        raise AlreadyDecided()
    drafts = visible(by, registry.kind_of(Task.KIND)).filter(pk__in=task_ids).order_by("pk")
    tasks = {draft.pk: lock(draft) for draft in drafts}
    rows = _locked(requests)
    if set(tasks) != task_ids:
        raise NotFound()
    whole = waiting_by({row.bundle for row in rows}).filter(approver=by.principal_id)
    if set(whole.values_list("pk", flat=True)) != set(requests):
        raise DraftChanged()
    return sorted(((row, tasks[row.task_id]) for row in rows), key=lambda pair: pair[1].pk)


def _waiting_with(task: Task, by: Actor) -> QuerySet[DraftRequest]:
    """All that the actor is asked about together with one draft. Errors: AlreadyDecided."""
    mine = DraftRequest.objects.filter(task=task, approver=by.principal_id, outcome=Outcome.WAITING)
    if not mine.exists():
        raise AlreadyDecided()
    return waiting_by(mine.values_list("bundle", flat=True)).filter(approver=by.principal_id)


def _passed_with(row: DraftRequest, to: int) -> tuple[int, ...]:
    """Drafts that pass to another approver with the first of a sending, none for those that follow it."""
    waiting = waiting_by([row.bundle])
    if waiting.filter(approver=to).exists():
        return ()
    return tuple(waiting.filter(approver=row.approver_id).order_by("task").values_list("task_id", flat=True))


def _has_come(draft: Task) -> bool:
    """Whether a locked draft is still to be given by its date: it is one, the date has passed, nobody is asked."""
    if not draft.is_draft or draft.release_at is None or draft.release_at > timezone.now():
        return False
    return not DraftRequest.objects.filter(task=draft, outcome=Outcome.WAITING).exists()


def _locked(requests: Sequence[int] | Mapping[int, int]) -> list[DraftRequest]:
    rows = list(DraftRequest.objects.select_for_update(of=("self",)).filter(pk__in=list(requests)).order_by("pk"))
    if any(row.outcome != Outcome.WAITING for row in rows):
        raise AlreadyDecided()
    return rows


def _end(row: DraftRequest, outcome: str, *, seen: int | None = None, reason: str = "") -> None:
    row.outcome, row.decided_at, row.reason = outcome, timezone.now(), reason
    row.seen = row.seen if seen is None else seen
    row.save(update_fields=["outcome", "decided_at", "reason", "seen"])


def _author(task: Task, by: Actor) -> Actor:
    """The author as he releases his draft by another one's word, with his own rights as they are now."""
    principal = Principal.objects.select_related("employee").get(pk=task.author_id)
    author = actor_of_principal(principal, door=by.door)
    if not principal.is_active or not is_initiator(author, task):
        raise AuthorGivesNoMore()
    return author


def _sees(principal_id: int, drafts: Sequence[Task]) -> bool:
    principal = Principal.objects.select_related("employee").get(pk=principal_id)
    seen = visible(actor_of_principal(principal, door="job"), registry.kind_of(Task.KIND))
    return seen.filter(pk__in=[draft.pk for draft in drafts]).count() == len(drafts)
