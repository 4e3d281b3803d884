"""Verbs of those who are asked: decide, hand on, ask a colleague."""

from typing import cast

from django.utils import timezone

from core.access.actor import Actor
from core.entities.models import Entity, Participant
from core.entities.participants import join
from core.errors import NotFound
from core.events.bus import Change, emit
from core.history.queries import concealed
from core.identity.models import Principal
from core.organization.people import people
from core.registry import registry
from core.texts import clean_lines
from core.verb import verb

from ..casting import present
from ..contents import content_of, hash_of
from ..differences import differences
from ..errors import AgainstRules, CommentNeeded, ContentChanged, NoSuchPerson, NotAsked, NotYourStep, QuestionIsOpen
from ..events import ColleagueAsked, Decided, QuestionAnswered, StepRedirected
from ..models import Content, Decision, Question, Step
from ..permissions import MANAGE_ROUTES
from ..rules import Called, StepIs, Verdict, Why, decide, redirect
from ..schemes import TO_INITIATOR
from .going import Going, going

_NEEDS_WORDS = (Verdict.REMARKS, Verdict.REJECT, Verdict.RETURN)


@verb
def decide_step(
    step: Step, *, verdict: Verdict, comment: str = "", seen: str, to: str = TO_INITIATOR, by: Actor
) -> Decision:
    """Say yes or no to what has the hash `seen`; `to` is where a return leads.

    Errors: NotYourStep, CommentNeeded, NotOnRoute, ContentChanged, AgainstRules.
    """
    words = clean_lines(comment)
    if step.principal_id != by.principal_id:
        raise NotYourStep()
    if verdict in _NEEDS_WORDS and not words:
        raise CommentNeeded()
    found, code = _going(step), step.passing.code
    _must_have_seen(found, seen, by)
    found.hear(by)
    row = found.ledger.step_of(by.principal_id, code)
    if row is None:
        raise AgainstRules(Why.OVER if found.ledger.course.outcome else Why.NOT_ASKED)
    # Before the rules' answer is kept: the row that says so may not be written without what was decided.
    said = Decision.objects.create(
        step=row, verdict=verdict.value, comment=words, to=to, decided_at=found.now,
        content=cast(Content, found.run.content),
        principal_id=by.principal_id, on_behalf_of_id=by.on_behalf_of or row.instead_of_id, door=by.door,
    )  # fmt: skip
    row.decision = said
    moved = found.move(lambda course: decide(course, code, by.principal_id, verdict, seen, found.cast.opening, to=to))
    changes = (
        Change("stage", None, row.passing.title),
        Change("decision", None, said.get_verdict_display()),
        *((Change("comment", None, words),) if words else ()),
    )
    emit(Decided(found.card.ref, found.run.pk, moved.asked, moved.left, changes, row.pk, verdict.value, seen), by=by)
    found.end_if_over(by)
    return said


@verb
def redirect_step(step: Step, *, to: int, comment: str = "", by: Actor) -> Step:
    """Let another (a principal) decide in somebody's place.

    Errors: NotYourStep, NoSuchPerson, NotOnRoute, AgainstRules.
    """
    if step.principal_id != by.principal_id:
        by_right = by.may(MANAGE_ROUTES)
        if not by_right:
            raise NotYourStep()
    _must_work(to)
    found = _going(step)
    return hand_on(found, step, present([to])[0], comment, by)


@verb
def take_over(step: Step, *, to: int, by: Actor) -> None:
    """Whoever was asked is dismissed: his heir (a principal) decides. Errors: AgainstRules where the stage asks the
    heir already; somebody else must be found then.
    """
    found = _going(step)
    row = found.ledger.row_of(step.passing.code)
    if row is None or row.pk != step.passing_id:
        return
    hand_on(found, step, Called(to), "", by)


def hand_on(found: Going, step: Step, to: Called, comment: str, by: Actor) -> Step:
    """The same for a run that is locked."""
    code = step.passing.code
    moved = found.move(lambda course: redirect(course, code, step.principal_id, to))
    names = people([step.principal_id, to.who])
    words = clean_lines(comment)
    changes = (
        Change("stage", None, step.passing.title),
        Change("person", names[step.principal_id]["name"], names[to.who]["name"]),
        *((Change("comment", None, words),) if words else ()),
    )
    emit(StepRedirected(found.card.ref, found.run.pk, moved.asked, moved.left, changes), by=by)
    row = found.ledger.row_of(code)
    asked = row.asked if row else []
    return next(one for one in asked if one.principal_id == to.who and one.state != StepIs.DROPPED)


@verb
def ask_colleague(step: Step, *, who: int, text: str, by: Actor) -> Question:
    """Ask somebody (a principal) before one decides; the turn stays one's own.

    Errors: NotYourStep, CommentNeeded, NoSuchPerson, NotOnRoute, AgainstRules, QuestionIsOpen.
    """
    words = clean_lines(text)
    if step.principal_id != by.principal_id:
        raise NotYourStep()
    if not words:
        raise CommentNeeded()
    _must_work(who)
    found = _going(step)
    row = found.ledger.step_of(by.principal_id, step.passing.code)
    if row is None:
        raise AgainstRules(Why.NOT_ASKED)
    if Question.objects.filter(step=row, principal=who, answered_at__isnull=True).exists():
        raise QuestionIsOpen()
    asked = Question.objects.create(step=row, principal_id=who, text=words)
    join(found.card, {Participant.Part.APPROVER: [who]})
    changes = (Change("person", None, people([who])[who]["name"]), Change("question", None, words))
    emit(ColleagueAsked(found.card.ref, asked.pk, who, changes), by=by)
    return asked


@verb
def answer_question(question: Question, *, text: str, by: Actor) -> Question:
    """Answer a colleague. Errors: NotAsked, CommentNeeded, NotFound."""
    words = clean_lines(text)
    if question.principal_id != by.principal_id:
        raise NotAsked()
    if not words:
        raise CommentNeeded()
    card = _card_of(question.step)
    row = Question.objects.select_for_update().get(pk=question.pk)
    if row.answered_at is not None:
        raise NotAsked()
    row.answer, row.answered_at = words, timezone.now()
    row.save(update_fields=["answer", "answered_at"])
    asker = question.step.principal_id
    emit(QuestionAnswered(card.ref, row.pk, asker, (Change("answer", None, words),)), by=by)
    return row


def _must_have_seen(found: Going, seen: str, by: Actor) -> None:
    """Refuse a decision about what does not stand there any more. Errors: ContentChanged."""
    told = content_of(found.card, found.kind)
    now = hash_of(told)
    if seen == now:
        return
    read = found.run.contents.filter(hash=seen).first()
    changed = differences(found.kind, read.told, told, hidden=concealed(by, found.kind)) if read else []
    raise ContentChanged(hash=now, fields=[one.title for one in changed], changes=[one.told() for one in changed])


def _must_work(principal: int) -> None:
    if not Principal.objects.filter(pk=principal, is_active=True, employee__trashed_at__isnull=True).exists():
        raise NoSuchPerson()


def _card_of(step: Step) -> Entity:
    card = step.passing.run.entity
    if card.trashed_at is not None:
        raise NotFound()
    return card


def _going(step: Step) -> Going:
    card = _card_of(step)
    return going(card, registry.kind_of(card.kind))
