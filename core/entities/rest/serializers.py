"""Shapes that cards of every kind share, for the schema; rows themselves are built by `rows.py`."""

from rest_framework import serializers

from core.entities.models import Entity
from core.organization.rest.serializers import PersonOut

# How the API calls priorities, and how people do.
PRIORITY_CHOICES = [(choice.name.lower(), str(choice.label)) for choice in Entity.Priority]


class OwnStatusOut(serializers.Serializer):
    """A status of the company's own."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    color = serializers.CharField(allow_blank=True, help_text="of the interface's palette; empty for the base's own")


class RowOut(serializers.Serializer):
    """A card as a line of a list."""

    id = serializers.IntegerField()
    ref = serializers.CharField(help_text="tasks.task/123")
    number = serializers.CharField()
    title = serializers.CharField()
    status = serializers.CharField()
    status_title = serializers.CharField(help_text="the company's own word where it has one")
    own_status = OwnStatusOut(allow_null=True, help_text="the company's own status; null without one")
    state = serializers.ChoiceField(["open", "done", "cancelled"])
    assignee = PersonOut(allow_null=True)
    initiator = PersonOut()
    due_at = serializers.DateTimeField(allow_null=True)
    is_overdue = serializers.BooleanField(help_text="open and past its due moment now")
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    priority = serializers.ChoiceField(PRIORITY_CHOICES)
    is_private = serializers.BooleanField(help_text="seen by its participants alone")
    is_draft = serializers.BooleanField(help_text="seen by its author and its approver alone")
    files_count = serializers.IntegerField()
    comments_count = serializers.IntegerField()
    points_count = serializers.IntegerField(help_text="points of the checklist")
    points_ticked = serializers.IntegerField(help_text="those of them that are ticked, passed or not")
    cells = serializers.DictField(required=False, help_text="further columns, where the list was asked `with` them")


class GroupOut(serializers.Serializer):
    """Rows of a list that belong together; `in_group` of the list takes its value."""

    value = serializers.CharField()
    title = serializers.CharField()
    person = PersonOut(allow_null=True)
    count = serializers.IntegerField(help_text="up to 10,000")
    totals = serializers.DictField(child=serializers.IntegerField())


class SummaryOut(serializers.Serializer):
    """Figures of a list: the same rows as with the same filters."""

    count = serializers.IntegerField(help_text="up to 10,000")
    is_exact = serializers.BooleanField(help_text="false: there are more, and nothing is summed up")
    totals = serializers.DictField(child=serializers.IntegerField())
    groups = GroupOut(many=True, allow_null=True, help_text="null where none are asked for, or too much to tell them")


class ActionOut(serializers.Serializer):
    """A button that this reader has on this card now."""

    code = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(["primary", "default", "danger"])
    needs_text = serializers.BooleanField()
    asks = serializers.CharField(required=False, help_text="what the text is to say")


class HomeRowOut(RowOut):
    """A line of «Мой день»: it acts in place."""

    actions = ActionOut(many=True)


class TrashRowOut(serializers.Serializer):
    ref = serializers.CharField()
    kind_title = serializers.CharField()
    title = serializers.CharField()
    number = serializers.CharField()
    trashed_at = serializers.DateTimeField()
    trashed_by = PersonOut()
    gone_at = serializers.DateTimeField(help_text="when it will be deleted for good")


class TrashOut(serializers.Serializer):
    results = TrashRowOut(many=True)
    next = serializers.CharField(allow_null=True)
    kept_days = serializers.IntegerField(help_text="how long the company keeps what is thrown away")


class RestoreIn(serializers.Serializer):
    ref = serializers.CharField(max_length=100)


class SectionOut(serializers.Serializer):
    """One block of «Мой день»; `empty` is said when there is nothing in it, `count` covers what `items` leave out."""

    code = serializers.CharField()
    title = serializers.CharField()
    empty = serializers.CharField()
    items = HomeRowOut(many=True)
    count = serializers.IntegerField()


class HomeOut(serializers.Serializer):
    sections = SectionOut(many=True)
