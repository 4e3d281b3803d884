"""Lines of minutes, and how the assignments of the meetings before stand."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.actor import Actor
from core.access.limits import HIDDEN
from core.entities.models import Entity
from core.entities.rest.briefs import BriefOut, briefs
from core.entities.rest.rows import instant
from core.errors import Invalid, NotFound, Stale
from core.organization.people import people, principals_of
from core.organization.rest.serializers import PersonOut
from core.rest.access import Access, needs
from core.rest.cards import AboutCardView
from core.rest.fields import ID, LineField, MomentField
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request
from modules.documents.actions.minutes import (
    add_line,
    change_line,
    give_line,
    next_minutes,
    place_line,
    remove_line,
    restore_line,
)
from modules.documents.actions.saying import read_said
from modules.documents.models import Document, MinutesLine, Sequel
from modules.documents.permissions import CREATE, VIEW
from modules.documents.queries import former_lines, has_lines, owns
from modules.documents.rules import AGREED, CHANGED_FREELY

_NEWEST_FIRST = Grammar(orderings={"id": "pk"}, default_ordering="-id")
_MOST_FOLLOWING = 20
_LONGEST = 1000
_SORTS = MinutesLine.Sort.choices
_PAGING = [OpenApiParameter("cursor", str), OpenApiParameter("limit", int)]


class MinutesLineChangeIn(serializers.Serializer):
    """Only the given fields change."""

    sort = serializers.ChoiceField(_SORTS, required=False)
    text = LineField(required=False)
    assignee = serializers.IntegerField(allow_null=True, required=False, help_text="employee id", **ID)
    due_at = MomentField(allow_null=True, required=False)
    after = serializers.IntegerField(
        allow_null=True, required=False, help_text="id of the line it is to stand behind, null for the beginning", **ID
    )
    version = serializers.IntegerField(required=False, help_text="of the line, as it was seen", **ID)


class MinutesLineIn(serializers.Serializer):
    """A line by its fields, or as it was said: «Смета — Иванову — пт 18:00»."""

    sort = serializers.ChoiceField(_SORTS, required=False)
    text = LineField(required=False)
    assignee = serializers.IntegerField(allow_null=True, required=False, help_text="employee id", **ID)
    due_at = MomentField(allow_null=True, required=False)
    after = serializers.IntegerField(allow_null=True, default=None, help_text="id of the line before it", **ID)
    said = LineField(max_length=_LONGEST, required=False)


class GiveLineIn(serializers.Serializer):
    assignee = serializers.IntegerField(help_text="employee id", **ID)
    due_at = MomentField(allow_null=True, default=None)


class LineRemovalOut(serializers.Serializer):
    by = PersonOut()
    at = serializers.DateTimeField()


class MinutesLineOut(serializers.Serializer):
    """`has_started` stays when its task is out of the reader's sight or gone."""

    id = serializers.IntegerField()
    place = serializers.IntegerField()
    sort = serializers.ChoiceField(_SORTS)
    text = serializers.CharField()
    assignee = PersonOut(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    has_started = serializers.BooleanField()
    task = BriefOut(allow_null=True)
    removed = LineRemovalOut(allow_null=True)
    version = serializers.IntegerField()


class MinutesCanOut(serializers.Serializer):
    write = serializers.BooleanField()
    give = serializers.BooleanField(help_text="make tasks of ideas and decisions")
    next = serializers.BooleanField(help_text="begin the minutes of the next meeting")


class MinutesLinesOut(serializers.Serializer):
    """`has_lines` is false for documents of other types. `former` are the minutes from which these go on, `following`
    those that go on from them."""

    has_lines = serializers.BooleanField()
    results = MinutesLineOut(many=True)
    can = MinutesCanOut()
    former = BriefOut(allow_null=True)
    following = BriefOut(many=True)


class FormerLineOut(serializers.Serializer):
    """`state` is how the task of an assignment stands; `hidden` when the reader does not see it."""

    line = MinutesLineOut()
    document = BriefOut()
    state = serializers.ChoiceField(["open", "late", "done", "cancelled", "hidden"])


class FormerLinesOut(serializers.Serializer):
    results = FormerLineOut(many=True)
    next = serializers.CharField(allow_null=True)
    total = serializers.IntegerField(help_text="all of them")
    undone = serializers.IntegerField(help_text="those whose task is open")


class NextMinutesOut(serializers.Serializer):
    id = serializers.IntegerField()


class _MinutesView(AboutCardView):
    def line(self, line_id: int) -> MinutesLine:
        found = MinutesLine.objects.filter(document=self.card.pk, pk=line_id).first()
        if found is None or _is_hidden(self.actor):
            raise NotFound()
        return found

    def shown(self, line: MinutesLine) -> dict[str, Any]:
        return lines_out([MinutesLine.objects.select_related("task").get(pk=line.pk)], self.actor)[0]


class MinutesLinesView(_MinutesView):
    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW), "post": needs(VIEW)}

    @extend_schema(responses=MinutesLinesOut)
    def get(self, request: Request, card_id: int) -> Response:
        """All lines in their order, removed ones last."""
        card, may_read = self.card, not _is_hidden(self.actor)
        having = has_lines(card)
        rows = list(_all_lines(card)) if may_read else []
        around = _around(card, self.actor)
        return Response(
            {
                "has_lines": having,
                "results": lines_out(sorted(rows, key=lambda row: row.removed_at is not None), self.actor),
                "can": _can(card, self.actor, having and may_read),
                **around,
            }
        )

    @extend_schema(request=MinutesLineIn, responses={201: MinutesLineOut})
    def post(self, request: Request, card_id: int) -> Response:
        """Write a line."""
        told = MinutesLineIn(data=request.data)
        told.is_valid(raise_exception=True)
        given = dict(told.validated_data)
        after, said = given.pop("after"), given.pop("said", None)
        if said is None and "text" not in given:
            raise Invalid({"text": "Напишите, что решили"})
        fields = (read_said(said, self.actor) if said is not None else {}) | _columns(given)
        made = add_line(self.card, fields=fields, after=after, by=self.actor)
        return Response(self.shown(made), status=201)


class MinutesLineView(_MinutesView):
    access: ClassVar[dict[str, Access]] = {"patch": needs(VIEW), "delete": needs(VIEW)}

    @extend_schema(request=MinutesLineChangeIn, responses=MinutesLineOut)
    def patch(self, request: Request, card_id: int, line_id: int) -> Response:
        """Change a line, or move it."""
        line = self.line(line_id)
        told = MinutesLineChangeIn(data=request.data)
        told.is_valid(raise_exception=True)
        given = dict(told.validated_data)
        version, moved = given.pop("version", None), "after" in given
        after = given.pop("after", None)
        try:
            if given:
                named = [line.assignee_id] if line.assignee_id else []
                fields = _columns(given, keeping=named)
                line = change_line(line, self.card, fields=fields, version=version, by=self.actor)
            if moved:
                line = place_line(line, self.card, after=after, by=self.actor)
        except Stale as stale:
            raise Stale(current=self.shown(line)) from stale
        return Response(self.shown(line))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, card_id: int, line_id: int) -> Response:
        """Strike a line out."""
        remove_line(self.line(line_id), self.card, by=self.actor)
        return Response(status=204)


class RestoreLineView(_MinutesView):
    access: ClassVar[dict[str, Access]] = {"post": needs(VIEW)}

    @extend_schema(request=None, responses=MinutesLineOut)
    def post(self, request: Request, card_id: int, line_id: int) -> Response:
        """Put a line that was struck out back."""
        return Response(self.shown(restore_line(self.line(line_id), self.card, by=self.actor)))


class GiveLineView(_MinutesView):
    access: ClassVar[dict[str, Access]] = {"post": needs(VIEW)}

    @extend_schema(request=GiveLineIn, responses=MinutesLineOut)
    def post(self, request: Request, card_id: int, line_id: int) -> Response:
        """Make a task of an idea or a decision."""
        line = self.line(line_id)
        told = GiveLineIn(data=request.data)
        told.is_valid(raise_exception=True)
        given = told.validated_data
        (who,) = principals_of([given["assignee"]], field="assignee")
        return Response(self.shown(give_line(line, self.card, assignee=who, due_at=given["due_at"], by=self.actor)))


class FormerLinesView(AboutCardView):
    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW)}

    @extend_schema(parameters=_PAGING, responses=FormerLinesOut)
    def get(self, request: Request, card_id: int) -> Response:
        """Assignments of earlier minutes of the series that the reader sees, the latest first."""
        if _is_hidden(self.actor):
            return Response({"results": [], "next": None, "total": 0, "undone": 0})
        every = former_lines(self.card)
        documents = briefs(self.actor, every.values_list("document_id", flat=True).distinct())
        rows = every.filter(document__in=list(documents)).select_related("task")
        asked = {name: request.query_params[name] for name in ("cursor", "limit") if name in request.query_params}
        page = page_of(rows, asked, _NEWEST_FIRST)
        shown = lines_out(page.rows, self.actor)
        return Response(
            {
                "results": [
                    {"line": told, "document": documents[row.document_id], "state": _state(told["task"], row.task)}
                    for row, told in zip(page.rows, shown, strict=True)
                ],
                "next": page.next,
                "total": rows.count(),
                "undone": rows.filter(task__state="open").count(),
            }
        )


class NextMinutesView(AboutCardView):
    access: ClassVar[dict[str, Access]] = {"post": needs(CREATE)}

    @extend_schema(request=None, responses={201: NextMinutesOut})
    def post(self, request: Request, card_id: int) -> Response:
        """Begin the minutes of the next meeting."""
        return Response({"id": next_minutes(self.card, by=self.actor).pk}, status=201)


def lines_out(rows: Sequence[MinutesLine], actor: Actor) -> list[dict[str, Any]]:
    """JSON of lines; few statements for all of them."""
    tasks = _by_any(briefs(actor, [row.task_id for row in rows if row.task_id]))
    # An idea that has become work says whose it is now; a line that was agreed upon says what was agreed.
    given = {
        row.pk: row.task
        for row in rows
        if row.task is not None and row.sort != MinutesLine.Sort.TASK and row.task_id in tasks
    }
    doers = {row.pk: given[row.pk].responsible_id if row.pk in given else row.assignee_id for row in rows}
    known = _by_any(people({*doers.values(), *(row.removed_by_id for row in rows)}))
    return [
        {
            "id": row.pk,
            "place": row.place,
            "sort": row.sort,
            "text": row.text,
            "assignee": known.get(doers[row.pk]),
            "due_at": instant(given[row.pk].due_at if row.pk in given else row.due_at),
            "has_started": row.started_at is not None,
            "task": tasks.get(row.task_id),
            "removed": {"by": known[row.removed_by_id], "at": instant(row.removed_at)} if row.removed_at else None,
            "version": row.version,
        }
        for row in rows
    ]


def _by_any(known: dict[int, Any]) -> dict[int | None, Any]:
    """The same, to be asked by an id that a row may lack."""
    return dict(known.items())


def _all_lines(card: Document) -> QuerySet[MinutesLine]:
    return MinutesLine.objects.filter(document=card.pk).select_related("task").order_by("place", "pk")


def _around(card: Document, actor: Actor) -> dict[str, Any]:
    former = Sequel.objects.filter(pk=card.pk).values_list("former_id", flat=True).first()
    following = list(
        Sequel.objects.filter(former=card.pk).order_by("-pk").values_list("pk", flat=True)[:_MOST_FOLLOWING]
    )
    seen = _by_any(briefs(actor, [*following, *([former] if former else [])]))
    return {"former": seen.get(former), "following": [seen[pk] for pk in following if pk in seen]}


def _can(card: Document, actor: Actor, having: bool) -> dict[str, bool]:
    is_owner = owns(actor, card)
    limit = actor.limits.get(Document.KIND, {}).get("content")
    return {
        "write": having and is_owner and card.status in CHANGED_FREELY and limit is None,
        "give": having and card.status in AGREED and (is_owner or actor.principal_id == card.signatory_id),
        "next": having and actor.may(CREATE) and not card.is_draft,
    }


def _columns(given: dict[str, Any], keeping: Iterable[int] = ()) -> dict[str, Any]:
    """Fields of the model for those of the API; people by their employee ids."""
    told = {name: value for name, value in given.items() if name != "assignee"}
    if "assignee" in given:
        wanted = [given["assignee"]] if given["assignee"] is not None else []
        found = principals_of(wanted, field="assignee", keeping=keeping)
        told["assignee_id"] = found[0] if found else None
    return told


def _state(seen: dict[str, Any] | None, task: Entity | None) -> str:
    if seen is None or task is None:
        return "hidden"
    is_late = task.state == Entity.State.OPEN and task.due_at is not None and task.due_at < timezone.now()
    return "late" if is_late else str(task.state)


def _is_hidden(actor: Actor) -> bool:
    """Lines are what minutes say: whom their content is hidden from reads none."""
    return actor.limits.get(Document.KIND, {}).get("content") == HIDDEN
