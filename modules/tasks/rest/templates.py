"""Templates of tasks."""

from typing import Any, ClassVar

from django.db.models import Q
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core import richtext
from core.acknowledgements.queries import last_round
from core.acknowledgements.queries import rows_of as readers_of
from core.attachments.queries import files_counts
from core.checklists.queries import points_of
from core.entities import trash
from core.entities.models import Participant, Ref
from core.entities.participants import people_of
from core.entities.queries import matching
from core.entities.rest.briefs import BriefOut, briefs
from core.entities.rest.rows import PRIORITIES, instant
from core.entities.rest.serializers import PRIORITY_CHOICES
from core.organization.people import people, principals_of
from core.organization.rest.serializers import PersonOut
from core.recurrence.actions import set_plan
from core.recurrence.models import Recurrence
from core.recurrence.plans import plan_of, sentence
from core.recurrence.queries import completions
from core.recurrence.rest.serializers import RecurrenceIn
from core.recurrence.work import Work
from core.registry import registry
from core.rest.access import Access, needs
from core.rest.cards import CardViewSet, with_etag
from core.rest.fields import ID, LineField, TextField
from core.rest.filters import Grammar
from core.rest.request import Request
from modules.tasks.actions.giving import give_now
from modules.tasks.actions.recipients import (
    MOST_RECIPIENTS,
    Named,
    departments_named,
    named_in,
    recipients_of,
    roles_named,
)
from modules.tasks.actions.templates import change_template, create_template, template_of
from modules.tasks.models import TaskTemplate
from modules.tasks.permissions import CREATE, EDIT, VIEW
from modules.tasks.rules import MOST_MINUTES

from .answers import AboutTaskView
from .serializers import MOST_PEOPLE, PriorityField, estimate_field

_PART = Participant.Part.CO_WORKER
_TEXT = OpenApiTypes.STR
# So many roles or departments may be named; so many people of those who are meant are shown.
MOST_NAMED, SHOWN = 20, 10
_NAMES = ("assignees", "roles", "departments")
_WHOSE = [OpenApiParameter(name, _TEXT, description="through commas") for name in _NAMES]
_LIST = [
    OpenApiParameter("search", _TEXT, description="words of the title"),
    OpenApiParameter("ordering", _TEXT, description="changed_at, created_at; minus turns"),
    OpenApiParameter("cursor", _TEXT),
    OpenApiParameter("limit", OpenApiTypes.INT),
]


class TemplateIn(serializers.Serializer):
    """A template; with partial data only what is given changes."""

    title = LineField()
    description = TextField(required=False)
    assignees = serializers.ListField(
        child=serializers.IntegerField(**ID), required=False, max_length=MOST_PEOPLE, help_text="employee ids"
    )
    roles = serializers.ListField(
        child=serializers.CharField(max_length=50),
        required=False,
        max_length=MOST_NAMED,
        help_text="codes: everyone who holds one gets a task",
    )
    departments = serializers.ListField(
        child=serializers.IntegerField(**ID),
        required=False,
        max_length=MOST_NAMED,
        help_text="ids: everyone in one or below it gets a task",
    )
    initiator = serializers.IntegerField(
        **ID, required=False, help_text="employee id; whose name stands under the tasks of the plan, one's own at first"
    )
    due_in = serializers.IntegerField(
        min_value=1, max_value=MOST_MINUTES, allow_null=True, required=False, help_text="minutes after it is made"
    )
    estimate = estimate_field(required=False)
    priority = PriorityField(required=False)
    is_private = serializers.BooleanField(required=False)


class NamedRoleOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()


class NamedDepartmentOut(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()


class RecipientsOut(serializers.Serializer):
    """Who would get a task now: how many, and the first of them."""

    count = serializers.IntegerField()
    most = serializers.IntegerField(help_text="more get none: the template is refused when it gives")
    people = PersonOut(many=True)


class TemplateRowOut(serializers.Serializer):
    """A template as a line of a list; `plan` in words, null when it is given by hand only.

    `is_on` is false when the plan is paused or over; `made` and `share` are of the last 365 days.
    """

    id = serializers.IntegerField()
    ref = serializers.CharField()
    number = serializers.CharField()
    title = serializers.CharField()
    status = serializers.CharField()
    status_title = serializers.CharField()
    state = serializers.ChoiceField(["open", "done", "cancelled"])
    initiator = PersonOut(help_text="in whose name the plan gives the tasks")
    assignees = PersonOut(many=True, help_text="named one by one")
    roles = NamedRoleOut(many=True)
    departments = NamedDepartmentOut(many=True)
    plan = serializers.CharField(allow_null=True)
    is_on = serializers.BooleanField()
    next_at = serializers.DateTimeField(allow_null=True)
    made = serializers.IntegerField()
    share = serializers.IntegerField(
        allow_null=True, help_text="percent done in time among the done and the late; null while there are none"
    )
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class TemplateOut(TemplateRowOut):
    """A template whole."""

    description = serializers.CharField(help_text="as kept: plain text, or HTML that begins with a block")
    description_html = serializers.CharField(help_text="the same as safe HTML")
    due_in = serializers.IntegerField(allow_null=True)
    estimate = serializers.IntegerField(allow_null=True)
    priority = serializers.ChoiceField(PRIORITY_CHOICES)
    is_private = serializers.BooleanField()
    recipients_count = serializers.IntegerField(help_text="who would get a task now, by name, role and department")
    points_count = serializers.IntegerField()
    readers_count = serializers.IntegerField()
    files_count = serializers.IntegerField()
    can_edit = serializers.BooleanField()
    can_give = serializers.BooleanField(help_text="make the tasks now")
    can_name = serializers.BooleanField(help_text="make somebody else the initiator")


class TemplatesOut(serializers.Serializer):
    results = TemplateRowOut(many=True)
    next = serializers.CharField(allow_null=True)


class GivenOut(serializers.Serializer):
    """Tasks that have been made, one for each assignee, and how many more are made within a minute."""

    results = BriefOut(many=True)
    coming = serializers.IntegerField()


class WhoseIn(serializers.Serializer):
    """Whom a template would name."""

    assignees = serializers.ListField(child=serializers.IntegerField(**ID), max_length=MOST_PEOPLE)
    roles = serializers.ListField(child=serializers.CharField(max_length=50), max_length=MOST_NAMED)
    departments = serializers.ListField(child=serializers.IntegerField(**ID), max_length=MOST_NAMED)


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def _search(text: str, each: bool) -> Q:
    return matching(text, TaskTemplate.KIND, each=each)


class TemplateViewSet(CardViewSet):
    """Templates that the caller may see: his own, those that give him tasks, and what his scope reaches."""

    grammar = Grammar(
        orderings={"changed_at": "changed_at", "created_at": "created_at"},
        default_ordering="-changed_at",
        search=_search,
    )
    versioned = frozenset({"partial_update", "destroy"})
    access: ClassVar[dict[str, Access]] = {
        "list": needs(VIEW),
        "create": needs(CREATE),
        "retrieve": needs(VIEW),
        "partial_update": needs(VIEW),
        "destroy": needs(VIEW),
        "give": needs(CREATE),
        "recipients": needs(CREATE),
        "restore": needs(EDIT),
    }
    extra_routes: ClassVar[dict[str, dict[str, str]]] = {
        "recipients/": {"get": "recipients"},
        "<int:card_id>/give/": {"post": "give"},
        "<int:card_id>/restore/": {"post": "restore"},
    }

    @extend_schema(parameters=_LIST, responses=TemplatesOut)
    def list(self, request: Request) -> Response:
        page = self.page(self.visible())
        return Response({"results": _rows(page.rows), "next": page.next})

    @extend_schema(request=TemplateIn, responses={201: TemplateOut})
    def create(self, request: Request) -> Response:
        template = create_template(**self._given(), by=self.actor)
        response = self._answer(template.pk)
        response.status_code, response["Location"] = 201, f"/api/v1/{self.kind.plural}/{template.pk}/"
        return response

    @extend_schema(responses=TemplateOut)
    def retrieve(self, request: Request, card_id: int) -> Response:
        return self._answer(card_id)

    @extend_schema(request=TemplateIn, responses=TemplateOut)
    def partial_update(self, request: Request, card_id: int) -> Response:
        template = self.card(card_id)
        fields = self._given(template)
        change_template(template, fields=fields, by=self.actor, version=self.seen_version())
        return self._answer(card_id)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, card_id: int) -> Response:
        trash.trash(self.card(card_id), by=self.actor, version=self.seen_version())
        return Response(status=204)

    @extend_schema(request=None, responses={201: GivenOut})
    def give(self, request: Request, card_id: int) -> Response:
        """Make the tasks now, besides the plan."""
        made, coming = give_now(self.card(card_id), by=self.actor)
        known = briefs(self.actor, {task.pk for task in made})
        shown = [known[task.pk] for task in made if task.pk in known]
        return Response({"results": shown, "coming": coming}, status=201)

    @extend_schema(parameters=_WHOSE, responses=RecipientsOut)
    def recipients(self, request: Request) -> Response:
        """Who would get a task now if a template named these."""
        told = WhoseIn(data={name: _words(request.query_params.get(name, "")) for name in _NAMES})
        told.is_valid(raise_exception=True)
        given = told.validated_data
        principals = principals_of(given["assignees"], field="assignees")
        found = recipients_of(Named(principals, given["roles"], given["departments"]))
        known = people(found[:SHOWN])
        return Response({"count": len(found), "most": MOST_RECIPIENTS, "people": [known[who] for who in found[:SHOWN]]})

    @extend_schema(request=None, responses=TemplateOut)
    def restore(self, request: Request, card_id: int) -> Response:
        trash.restore(Ref(self.kind.code, card_id), by=self.actor)
        return self._answer(card_id)

    def shown(self, card_id: int) -> dict[str, Any]:
        template = self.card(card_id)
        return _rows([template])[0] | {
            "description": template.description,
            "description_html": richtext.html_of(template.description),
            "due_in": template.due_in,
            "estimate": template.estimate,
            "priority": PRIORITIES[template.priority],
            "is_private": template.is_private,
            "recipients_count": len(recipients_of(named_in(template))),
            "points_count": points_of(template).count(),
            "readers_count": readers_of(template.pk).filter(round=last_round(template.pk)).count(),
            "files_count": files_counts([template.pk]).get(template.pk, 0),
            "can_edit": self.actor.may(self.kind.edit, template),
            "can_give": self.actor.may(CREATE),
            "can_name": self.actor.scope_of(EDIT) == "all",
        }

    def _answer(self, card_id: int) -> Response:
        template = self.card(card_id)
        return with_etag(Response(self.shown(card_id)), template)

    def _given(self, template: TaskTemplate | None = None) -> dict[str, Any]:
        told = TemplateIn(data=self.request.data, partial=template is not None)
        told.is_valid(raise_exception=True)
        given = told.validated_data
        if "assignees" in given:
            keeping = people_of([template.pk], _PART).get(template.pk, {}).get(_PART, []) if template else []
            given["assignees"] = principals_of(given["assignees"], field="assignees", keeping=keeping)
        if "initiator" in given:
            given["initiator"] = self._initiator(given["initiator"], template)
        return given

    def _initiator(self, employee: int, template: TaskTemplate | None) -> int:
        keeping = [template.responsible_id] if template and template.responsible_id else []
        return principals_of([employee], field="initiator", keeping=keeping)[0]


class TemplateOfTaskView(AboutTaskView):
    """A template made of a task."""

    access: ClassVar[dict[str, Access]] = {"post": needs(CREATE)}

    @extend_schema(request=None, responses={201: BriefOut})
    def post(self, request: Request, card_id: int) -> Response:
        """Keep the task as a template of the caller's own; it comes round when somebody gives it a plan."""
        made = template_of(self.card, by=self.actor)
        return Response(briefs(self.actor, [made.pk])[made.pk], status=201)


class RepeatTaskView(AboutTaskView):
    """A template made of a task together with its plan."""

    access: ClassVar[dict[str, Access]] = {"post": needs(CREATE)}

    @extend_schema(request=RecurrenceIn, responses={201: BriefOut})
    def post(self, request: Request, card_id: int) -> Response:
        """Let the task come round: its template and the plan are one change, a refused plan leaves no template."""
        plan = self.given(RecurrenceIn)
        work = Work(**plan["work"]) if plan["work"] else None
        made = template_of(self.card, by=self.actor)
        set_plan(made, registry.kind_of(made.KIND), by=self.actor, **plan | {"work": work})
        return Response(briefs(self.actor, [made.pk])[made.pk], status=201)


def _rows(templates: Any) -> list[dict[str, Any]]:
    """JSON rows; four statements, for the people's parts, the plans, what came of them and the people, and one more for
    roles and for departments where some are named."""
    found = [*templates]
    ids = [template.pk for template in found]
    parts = people_of(ids, _PART)
    plans = {row.pk: row for row in Recurrence.objects.filter(pk__in=ids)}
    roles = roles_named(code for template in found for code in template.roles)
    places = departments_named(pk for template in found for pk in template.departments)
    came, held = completions(ids), {pk: parts.get(pk, {}).get(_PART, []) for pk in ids}
    givers = {template.responsible_id or template.author_id for template in found}
    known = people({who for each in held.values() for who in each} | givers)
    return [
        {
            "id": template.pk,
            "ref": str(template.ref),
            "number": template.number,
            "title": template.title,
            "status": template.status,
            "status_title": TaskTemplate.STATUSES[template.status],
            "state": template.state,
            "initiator": known[template.responsible_id or template.author_id],
            "assignees": [known[who] for who in held[template.pk]],
            "roles": [{"code": code, "title": roles[code]} for code in template.roles if code in roles],
            "departments": [{"id": pk, "title": places[pk]} for pk in template.departments if pk in places],
            **_plan(plans.get(template.pk)),
            "made": came[template.pk]["made"],
            "share": came[template.pk]["share"],
            "created_at": instant(template.created_at),
            "changed_at": instant(template.changed_at),
            "version": template.version,
        }
        for template in found
    ]


def _plan(row: Recurrence | None) -> dict[str, Any]:
    if row is None:
        return {"plan": None, "is_on": False, "next_at": None}
    return {"plan": sentence(plan_of(row.plan)), "is_on": row.is_on, "next_at": instant(row.next_at)}
