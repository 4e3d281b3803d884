"""Giving the tasks of a template by hand: to few people at once, to many by a job, a few in each transaction."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.entities.locks import lock
from core.entities.models import Entity
from core.errors import NotFound, Refused
from core.events.bus import Change, emit
from core.events.models import Fact
from core.identity.models import Principal
from core.links.actions import tie_to_origin
from core.outbox.queries import promise
from core.recurrence.actions import MOST_BY_HAND, left_by_hand, note_made, note_refused
from core.recurrence.errors import TooManyByHand
from core.recurrence.queries import settled_at
from core.recurrence.registry import WorkMaker
from core.verb import verb

from ..events import TasksPromised
from ..models import Task, TaskTemplate
from ..permissions import CREATE
from ..rules import GIVE
from .cards import create_task
from .recipients import at_work, must_give_to, named_in
from .templates import give_to

# So many tasks are made in one transaction: numbers of the company wait for its end, and so does whoever has pressed.
GIVEN_AT_ONCE = 20
_GONE = "Тот, кто ставил задачи, больше не может их ставить"


@verb
def give_now(template: TaskTemplate, *, by: Actor) -> tuple[list[Task], int]:
    """Give the tasks at this moment, besides the plan; they count among what came of the template.

    (Tasks that are made, how many further ones a job makes.) Errors: Forbidden, NobodyToGive, TooManyToGive,
    TooManyByHand.
    """
    at, people = timezone.now(), must_give_to(named_in(template))
    if len(people) > left_by_hand(by):
        raise TooManyByHand(most=MOST_BY_HAND)
    first, rest = people[:GIVEN_AT_ONCE], people[GIVEN_AT_ONCE:]
    made = give_to(template, first, at, by=by)
    note_made(template, made, at=at, given_by=by.principal_id)
    if rest:
        told = Change("people", None, len(people))
        promise(f"job:{GIVE}", emit(TasksPromised(template.ref, at, tuple(rest), (told,)), by=by))
    return made, len(rest)


@verb
def give_further(fact_id: int) -> bool:
    """Give the next few of the tasks that a press has promised; whether there may be more.

    Whoever has his task of that moment, or is blocked meanwhile, is passed over; what is refused to one keeps nobody
    else from his. A template that is in the trash gives nothing more, nor does whoever has given his day's measure.
    """
    told = Fact.objects.filter(pk=fact_id).first()
    template = TaskTemplate.objects.filter(pk=told.entity_id).first() if told and told.entity_id else None
    if told is None or template is None:
        return False
    try:
        # One at a time: two workers that hold the same promise would give to the same people.
        template = lock(template)
    except NotFound:
        return False
    at, people = datetime.fromisoformat(told.payload["at"]), told.payload["people"]
    able, settled = at_work(people), settled_at(template.pk, at)
    left = [who for who in people if who in able and who not in settled]
    doer = Principal.objects.select_related("employee").get(pk=told.actor_id)
    by = actor_of_principal(doer, door="job", on_behalf_of=told.on_behalf_of_id)
    if left and not (doer.is_active and by.may(CREATE)):
        note_refused(template, _GONE, at=at, by=by)
        return False
    now = min(GIVEN_AT_ONCE, left_by_hand(by))
    if left and not now:
        note_refused(template, TooManyByHand(most=MOST_BY_HAND).detail, at=at, by=by)
        return False
    for who in left[:now]:
        _give(template, who, at, by)
    return len(left) > now


@verb
def give_about(card: Entity, *, title: str, answers: int, due_at: datetime | None, by: Actor) -> Task:
    """Give a task about a card of any kind, as its plan asks; `answers` is a principal. Errors: Forbidden."""
    usual = due_at is None
    # Words of a card that its participants alone see are no words for everybody.
    task = create_task(
        title=title, assignee=answers, due_at=due_at, due_by_default=usual, as_written=True,
        is_private=card.is_private, by=by,
    )  # fmt: skip
    tie_to_origin(task, card, by=by)
    return task


def _must_give(by: Actor) -> None:
    by.must(CREATE)


WORK = WorkMaker(must=_must_give, make=give_about)


def _give(template: TaskTemplate, who: int, at: datetime, by: Actor) -> None:
    try:
        with transaction.atomic():
            note_made(template, give_to(template, [who], at, by=by), at=at, given_by=by.principal_id)
    except Refused as refusal:
        note_refused(template, refusal.detail, at=at, recipient=who, by=by)
