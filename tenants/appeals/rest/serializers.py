"""Shapes of appeals: on a company's host and at the console."""

from typing import Any

from rest_framework import serializers

from tenants.appeals.models import Appeal, Line, Paper
from tenants.appeals.rules import CONTEXT, LONGEST_TEXT, MOST_PAPERS


class HelpOut(serializers.Serializer):
    phone = serializers.CharField(allow_blank=True, help_text="of the service's support; empty: none is named")
    email = serializers.CharField(allow_blank=True)
    takes_appeals = serializers.BooleanField(help_text="false on an own server: one writes or calls")
    sees_all = serializers.BooleanField(help_text="may read what everybody in the company has asked")
    build = serializers.CharField(allow_blank=True, help_text="version of the server")
    most_files = serializers.IntegerField(help_text="with one message")
    largest_file = serializers.IntegerField(help_text="bytes")


class ContextOfAppeal(serializers.Serializer):
    """What is known of the page; each part is there only when the person has let it go along."""

    address = serializers.CharField(required=False, allow_blank=True, max_length=2000, help_text="path; no values")
    card_kind = serializers.CharField(required=False, allow_blank=True, max_length=CONTEXT["card_kind"])
    card_number = serializers.CharField(required=False, allow_blank=True, max_length=CONTEXT["card_number"])
    browser = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    screen = serializers.CharField(required=False, allow_blank=True, max_length=CONTEXT["screen"])
    time_zone = serializers.CharField(required=False, allow_blank=True, max_length=CONTEXT["time_zone"])
    build = serializers.CharField(required=False, allow_blank=True, max_length=CONTEXT["build"])
    request_id = serializers.CharField(required=False, allow_blank=True, max_length=CONTEXT["request_id"])


class WordsForm(serializers.Serializer):
    key = serializers.UUIDField(help_text="the same for a repetition")
    text = serializers.CharField(max_length=LONGEST_TEXT * 2, allow_blank=True, trim_whitespace=False)
    # One more than may be sent, so that the verb says in its own words how many that is.
    files = serializers.ListField(child=serializers.IntegerField(), max_length=MOST_PAPERS * 4, default=list)


class AppealForm(WordsForm):
    context = ContextOfAppeal(default=dict)  # type: ignore[assignment]


class AnswerForm(serializers.Serializer):
    key = serializers.UUIDField(help_text="the same for a repetition")
    text = serializers.CharField(max_length=LONGEST_TEXT * 2, allow_blank=True, trim_whitespace=False)
    waits = serializers.BooleanField(default=False, help_text="the person is asked something")


class NoteForm(serializers.Serializer):
    key = serializers.UUIDField()
    text = serializers.CharField(max_length=LONGEST_TEXT * 2, allow_blank=True, trim_whitespace=False)


class PaperOut(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    state = serializers.ChoiceField(Paper.State.choices)
    reason = serializers.CharField(allow_null=True)


class AppealLineOut(serializers.Serializer):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    author = serializers.CharField()
    is_support = serializers.BooleanField()
    is_own = serializers.BooleanField(help_text="said by the reader himself")
    text = serializers.CharField()
    files = PaperOut(many=True)


class AppealLinesOut(serializers.Serializer):
    results = AppealLineOut(many=True)
    next = serializers.CharField(allow_null=True)


class AppealOut(serializers.Serializer):
    id = serializers.IntegerField()
    topic = serializers.CharField()
    state = serializers.ChoiceField(Appeal.State.choices)
    author = serializers.CharField()
    is_own = serializers.BooleanField()
    context = ContextOfAppeal()  # type: ignore[assignment]
    card_kind_title = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    moved_at = serializers.DateTimeField()


class AppealsOut(serializers.Serializer):
    results = AppealOut(many=True)
    next = serializers.CharField(allow_null=True)


class QueuedAppeal(serializers.Serializer):
    id = serializers.IntegerField()
    topic = serializers.CharField()
    state = serializers.ChoiceField(Appeal.State.choices)
    author = serializers.CharField()
    company_id = serializers.IntegerField()
    company_name = serializers.CharField()
    operator_id = serializers.IntegerField(allow_null=True, help_text="who has taken it")
    operator_name = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    moved_at = serializers.DateTimeField()


class QueuedAppeals(serializers.Serializer):
    results = QueuedAppeal(many=True)
    next = serializers.CharField(allow_null=True)
    unanswered = serializers.IntegerField(help_text="how many wait for the service, counted to a hundred")


class AppealCard(QueuedAppeal):
    plan = serializers.CharField(allow_blank=True)
    context = ContextOfAppeal()  # type: ignore[assignment]
    card_kind_title = serializers.CharField(allow_blank=True)
    is_mine = serializers.BooleanField()


class ThreadLine(serializers.Serializer):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    author = serializers.CharField()
    is_support = serializers.BooleanField()
    is_note = serializers.BooleanField(help_text="only operators read it")
    text = serializers.CharField()
    files = PaperOut(many=True)


class ThreadLines(serializers.Serializer):
    results = ThreadLine(many=True)
    next = serializers.CharField(allow_null=True)


def paper_out(row: Paper) -> dict[str, Any]:
    named = ("name", "size", "state")
    return {"id": row.pk, "reason": row.reason or None, **{name: getattr(row, name) for name in named}}


def line_out(row: Line, *, reader: int) -> dict[str, Any]:
    """A line as the company reads it."""
    return {
        **_said(row),
        "author": f"Поддержка: {row.author}" if row.operator_id else row.author,
        "is_own": row.principal_id == reader,
    }


def thread_line_out(row: Line) -> dict[str, Any]:
    """The same as operators read it."""
    return {**_said(row), "is_note": row.is_note}


def _said(row: Line) -> dict[str, Any]:
    papers = [paper_out(paper) for paper in row.papers.all()]
    told = {name: getattr(row, name) for name in ("at", "author", "text")}
    return {"id": row.pk, "is_support": row.operator_id is not None, "files": papers, **told}
