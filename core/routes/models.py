"""Routes and their versions, approval lists; runs of cards with all that was asked and decided in them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from core.entities.models import Entity
from core.identity.models import Principal

from .rules import Is, Outcome, StepIs, Verdict

_PASSINGS = [(one.value, one.value) for one in Is]
_STEPS = [(one.value, one.value) for one in StepIs]
_VERDICTS = [
    (Verdict.APPROVE.value, "Согласовано"),
    (Verdict.REMARKS.value, "Согласовано с замечаниями"),
    (Verdict.REJECT.value, "Отклонено"),
    (Verdict.RETURN.value, "Возвращено на доработку"),
    (Verdict.DONE.value, "Выполнено"),
]
_OUTCOMES = [
    (Outcome.APPROVED.value, "Согласован"),
    (Outcome.REJECTED.value, "Отклонён"),
    (Outcome.RECALLED.value, "Отозван"),
]


class ApprovalList(models.Model):
    """A named list of people for a kind of card, or one type of it («Согласование закупки»)."""

    kind = models.CharField(max_length=60)
    card_type = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=100)
    archived_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("kind"), Lower("title"), name="approval_list_title_once", condition=Q(archived_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ApprovalLine(models.Model):
    list = models.ForeignKey(ApprovalList, models.CASCADE, related_name="lines", db_index=False)
    principal = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    place = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="approval_line_once", fields=["list", "principal"])]


class Route(models.Model):
    """A route for cards of a kind, of one type where `card_type` names it.

    The system takes the first by `place` whose `condition` holds; one that is `by_hand` is taken only by people.
    `draft` is the scheme that somebody is drawing: cards go along versions alone.
    """

    kind = models.CharField(max_length=60)
    card_type = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=100)
    place = models.IntegerField()
    condition = models.CharField(max_length=1000, blank=True)
    by_hand = models.BooleanField(default=False)
    draft = models.JSONField(null=True)
    draft_by = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+", db_index=False)
    draft_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("kind"), Lower("title"), name="route_title_once", condition=Q(archived_at__isnull=True)
            ),
        ]
        indexes = [models.Index(name="route_of_kind", fields=["kind", "place", "id"])]

    def __str__(self) -> str:
        return self.title


class RouteVersion(models.Model):
    """A scheme as it was published: runs go along it for as long as they last, and the database lets nobody change it.
    The one with the highest number is in force."""

    route = models.ForeignKey(Route, models.PROTECT, related_name="versions", db_index=False)
    number = models.IntegerField()
    scheme = models.JSONField()
    author = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(Principal, models.PROTECT, related_name="+")

    APPEND_ONLY = True

    class Meta:
        constraints = [models.UniqueConstraint(name="route_version_once", fields=["route", "number"])]


class Run(models.Model):
    """One card on its way along a version; `content` is what it said when the engine last looked, `picked` are
    principals whom the sender has picked."""

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="runs")
    version = models.ForeignKey(RouteVersion, models.PROTECT, related_name="runs")
    initiator = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    started_by = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=_OUTCOMES, blank=True)
    ended_at = models.DateTimeField(null=True)
    content = models.ForeignKey("Content", models.SET_NULL, null=True, related_name="+", db_index=False)
    picked = ArrayField(models.BigIntegerField(), default=list, db_default=[])

    class Meta:
        constraints = [
            models.UniqueConstraint(name="run_one_at_a_time", fields=["entity"], condition=Q(outcome="")),
            models.CheckConstraint(
                name="run_end_has_outcome",
                condition=Q(outcome="", ended_at__isnull=True)
                | Q(outcome__in=[one.value for one in Outcome], ended_at__isnull=False),
            ),
        ]


class Content(models.Model):
    """What a card said at some moment of its run, and the SHA-256 of that."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="contents", db_index=False)
    hash = models.CharField(max_length=64)
    told = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    APPEND_ONLY = True

    class Meta:
        constraints = [models.UniqueConstraint(name="route_content_once", fields=["run", "hash"])]


class Passing(models.Model):
    """One time that a stage of a run is gone through.

    `remind_at`, `escalate_at` and, of a timer, `due_at` are still to come; `next_at` is the earliest of them. `asked`
    are its steps where `keeping.Ledger` has read them.
    """

    asked: "list[Step]"

    run = models.ForeignKey(Run, models.CASCADE, related_name="passings", db_index=False)
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=100)
    round = models.IntegerField()
    state = models.CharField(max_length=8, choices=_PASSINGS)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    escalate_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="route_passing_once", fields=["run", "code", "round"]),
            models.UniqueConstraint(name="route_passing_one_open", fields=["run", "code"], condition=Q(state="open")),
            models.CheckConstraint(
                name="route_passing_whole",
                condition=Q(state="open", closed_at__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False, next_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(name="route_passing_next", fields=["next_at"], condition=Q(next_at__isnull=False)),
            models.Index(name="route_passing_by_stage", fields=["code", "opened_at"]),
        ]


class Step(models.Model):
    """One person who is asked in a passing; `instead_of` whom, where he stands in for another. `void_at` is when an
    edit or a return made his decision void."""

    passing = models.ForeignKey(Passing, models.CASCADE, related_name="steps", db_index=False)
    principal = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    instead_of = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+", db_index=False)
    place = models.SmallIntegerField()
    state = models.CharField(max_length=8, choices=_STEPS)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="route_step_once", fields=["passing", "principal"], condition=~Q(state="dropped")
            ),
            models.CheckConstraint(
                name="route_step_whole",
                condition=Q(state__in=["waiting", "open"], closed_at__isnull=True)
                | Q(state__in=["decided", "dropped"], closed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="route_step_of_passing", fields=["passing", "id"]),
            models.Index(name="route_step_waiting", fields=["principal", "id"], condition=Q(state="open")),
        ]


class Decision(models.Model):
    """What somebody said, and upon what. It stays as long as its card, and the database lets nobody change it."""

    step = models.OneToOneField(Step, models.CASCADE, related_name="decision")
    verdict = models.CharField(max_length=8, choices=_VERDICTS)
    comment = models.TextField(blank=True)
    to = models.CharField(max_length=40, blank=True)
    content = models.ForeignKey(Content, models.CASCADE, related_name="decisions", db_index=False)
    principal = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+", db_index=False)
    door = models.CharField(max_length=20)
    decided_at = models.DateTimeField(default=timezone.now)

    APPEND_ONLY = True

    class Meta:
        constraints = [
            models.CheckConstraint(name="route_verdict_known", condition=Q(verdict__in=[one.value for one in Verdict])),
        ]


class Question(models.Model):
    """What somebody who is asked to decide asks a colleague; the turn stays his."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="questions")
    principal = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    text = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="route_question_once", fields=["step", "principal"], condition=Q(answered_at__isnull=True)
            ),
            models.CheckConstraint(
                name="route_answer_whole",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                name="route_question_waiting", fields=["principal", "id"], condition=Q(answered_at__isnull=True)
            )
        ]
