"""Shapes of documents: serializers read what comes in and describe what goes out; JSON itself is built as dicts."""

from collections.abc import Callable, Iterable
from typing import Any

from rest_framework import serializers

from core import richtext
from core.access.actor import Actor
from core.custom_fields.rest.serializers import CardTypeField, ValuesField
from core.entities.kinds import EntityKind, Passage
from core.entities.models import Entity
from core.entities.rest.rows import instant, row_of, rows_of, tallies_of
from core.entities.rest.serializers import PRIORITY_CHOICES, ActionOut, RowOut
from core.organization.people import people
from core.organization.rest.serializers import PersonOut
from core.rest.fields import ID, LineField, MomentField, TextField
from core.statuses.queries import CardReach
from core.statuses.rest.serializers import StatusMoveOut, step_out
from core.statuses.rules import Way
from modules.documents.models import Document, Secrecy
from modules.documents.queries import content_hash, figures, parts_by, routed_types, rules_of, text_of
from modules.documents.queries import types_of_cards as types_of
from modules.documents.rules import AUTHOR, CHANGED_FREELY, NUMBERED, OVER, OWNER, REGISTERED, RESOLVED, offered

MOST_PEOPLE = 100
PRIORITIES = {choice.name.lower(): choice.value for choice in Entity.Priority}
SECRECIES = [(value, str(title)) for value, title in Secrecy.choices]


class PriorityField(serializers.ChoiceField):
    """A priority by its word; the column's number inside."""

    def __init__(self, **more: Any) -> None:
        super().__init__(PRIORITY_CHOICES, **more)

    def to_internal_value(self, data: Any) -> Any:
        return PRIORITIES[super().to_internal_value(data)]


def person_field(**more: Any) -> serializers.IntegerField:
    return serializers.IntegerField(**ID, help_text="employee id", **more)


class DocumentChangeIn(serializers.Serializer):
    """Only the given fields change."""

    title = LineField(required=False)
    content = TextField(required=False)
    correspondent = LineField(max_length=300, allow_blank=True, required=False, help_text="the other side, by name")
    addressee = person_field(allow_null=True, required=False)
    signatory = person_field(allow_null=True, required=False)
    responsible = person_field(required=False)
    outer_number = LineField(max_length=60, allow_blank=True, required=False, help_text="given by the other side")
    outer_date = serializers.DateField(allow_null=True, required=False)
    amount = serializers.DecimalField(max_digits=18, decimal_places=2, min_value=0, allow_null=True, required=False)
    valid_from = serializers.DateField(allow_null=True, required=False)
    valid_until = serializers.DateField(allow_null=True, required=False)
    due_at = MomentField(allow_null=True, required=False)
    priority = PriorityField(required=False)
    paper_place = LineField(max_length=200, allow_blank=True, required=False, help_text="where the paper lies")


class DocumentIn(DocumentChangeIn):
    """A new document: a title is enough; with a template, or another document as its source, not even that."""

    title = LineField(required=False)
    secrecy = serializers.ChoiceField(SECRECIES, default=Secrecy.OPEN.value)
    watchers = serializers.ListField(
        child=serializers.IntegerField(**ID), max_length=MOST_PEOPLE, default=list, help_text="employee ids"
    )
    # It hides nothing: the library takes declared fields off the class, which its stub does not know.
    source = serializers.IntegerField(  # type: ignore[assignment]
        allow_null=True, default=None, help_text="a document whose words and files it begins with", **ID
    )
    template = serializers.IntegerField(allow_null=True, default=None, help_text="id of a template", **ID)
    card_type = CardTypeField(default=serializers.empty, required=False)
    fields = ValuesField()  # type: ignore[assignment]


class DocumentDeedIn(serializers.Serializer):
    text = serializers.CharField(max_length=10_000, allow_blank=True, default="")


class RegisterIn(DocumentDeedIn):
    registered_on = serializers.DateField(allow_null=True, default=None, help_text="today unless said")
    reserved_number = serializers.IntegerField(
        allow_null=True, default=None, help_text="one of the numbers that the caller has kept for later", **ID
    )


class SecrecyIn(serializers.Serializer):
    secrecy = serializers.ChoiceField(SECRECIES)


class DocumentPlaceIn(serializers.Serializer):
    case_file = serializers.IntegerField(allow_null=True, help_text="id of a file of the nomenclature", **ID)


class DocumentTextIn(serializers.Serializer):
    file = serializers.IntegerField(allow_null=True, help_text="id of one of the document's files", **ID)


class DocumentTypeOut(serializers.Serializer):
    code = serializers.CharField(allow_blank=True)
    title = serializers.CharField()


class CaseFileRefOut(serializers.Serializer):
    id = serializers.IntegerField()
    index = serializers.CharField()


class DocumentRowOut(RowOut):
    """A document as a line of a list."""

    type = DocumentTypeOut()
    correspondent = serializers.CharField()
    addressee = PersonOut(allow_null=True)
    outer_number = serializers.CharField()
    outer_date = serializers.DateField(allow_null=True)
    amount = serializers.CharField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    secrecy = serializers.ChoiceField(SECRECIES)
    registered_on = serializers.DateField(allow_null=True)
    case_file = CaseFileRefOut(allow_null=True)


class DocumentTextOut(serializers.Serializer):
    """The file that is the document's text."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    version = serializers.IntegerField()


class DocumentCanOut(serializers.Serializer):
    """What the reader may do besides the buttons."""

    edit = serializers.BooleanField(help_text="words, terms, fields, the file of the text")
    edit_later = serializers.BooleanField(help_text="who answers, due moment, end of the term, place of the paper")
    mark = serializers.BooleanField(help_text="put a mark of confidentiality and lay into a file")
    delete = serializers.BooleanField()
    resolve = serializers.BooleanField(help_text="give a resolution")
    comment = serializers.BooleanField()
    attach = serializers.BooleanField()


class DocumentOut(DocumentRowOut):
    """The whole card."""

    content = serializers.CharField(help_text="as kept: plain text, or HTML that begins with a block")
    content_html = serializers.CharField(help_text="the same as safe HTML")
    signatory = PersonOut(allow_null=True)
    registered_by = PersonOut(allow_null=True)
    valid_from = serializers.DateField(allow_null=True)
    paper_place = serializers.CharField()
    done_at = serializers.DateTimeField(allow_null=True)
    watchers = PersonOut(many=True)
    text = DocumentTextOut(allow_null=True)
    is_as_registered = serializers.BooleanField(
        allow_null=True, help_text="whether it says what it said at registration; null before that"
    )
    actions = ActionOut(many=True)
    status_moves = StatusMoveOut(many=True, help_text="where among the company's statuses the reader may move it")
    can = DocumentCanOut()


class DocumentsOut(serializers.Serializer):
    results = DocumentRowOut(many=True)
    next = serializers.CharField(allow_null=True)


class DocumentCountsOut(serializers.Serializer):
    """Open documents behind each tab, each up to 10,000."""

    mine = serializers.IntegerField()
    addressed = serializers.IntegerField()
    watching = serializers.IntegerField()
    to_register = serializers.IntegerField()
    drafts = serializers.IntegerField()
    all = serializers.IntegerField()


def document_rows(found: Iterable[Any], kind: EntityKind) -> list[dict[str, Any]]:
    """JSON rows of named tuples made by `lean`; four statements for a page."""
    rows = list(found)
    ids = [row.pk for row in rows]
    own, types = figures(ids), types_of(ids)
    known = people({one.addressee_id for one in own.values()})
    return [
        shown | _figures_of(own[row.pk], types.get(row.pk), kind, known)
        for row, shown in zip(rows, rows_of(rows, kind), strict=True)
    ]


def _figures_of(own: Any, of_type: Any, kind: EntityKind, known: dict[int, Any]) -> dict[str, Any]:
    return {
        "type": {"code": of_type.code, "title": of_type.title} if of_type else {"code": "", "title": kind.title},
        "correspondent": own.correspondent,
        "addressee": known.get(own.addressee_id),
        "outer_number": own.outer_number,
        "outer_date": _day(own.outer_date),
        "amount": None if own.amount is None else str(own.amount),
        "valid_until": _day(own.valid_until),
        "secrecy": own.secrecy,
        "registered_on": _day(own.registered_on),
        "case_file": {"id": own.case_file_id, "index": own.file_index} if own.case_file_id else None,
    }


def card_of(row: Any, kind: EntityKind, actor: Actor, now: Any) -> dict[str, Any]:
    """JSON of a card read by `whole_card`."""
    document = Document.objects.select_related("case_file").get(pk=row.pk)
    row_people = (row.author_id, row.responsible_id, row.addressee_id, row.signatory_id, row.registered_by_id)
    known = people({*row_people, *row.watcher_ids})
    own, of_type = figures([row.pk])[row.pk], types_of([row.pk]).get(row.pk)
    rules = rules_of(of_type.code if of_type else "")
    parts, reach = parts_by(actor, document, rules), CardReach(actor, row)
    file = text_of(document)
    deeds = offered(row.status, parts, rules, routed_types())
    ways = [Passage(deed.code, deed.title, deed.target.value, deed.needs_text) for deed in deeds]
    return {
        **row_of(row, kind, known, now, tallies_of(kind)),
        **_figures_of(own, of_type, kind, known),
        "content": row.content,
        "content_html": richtext.html_of(row.content),
        "signatory": known.get(row.signatory_id),
        "registered_by": known.get(row.registered_by_id),
        "valid_from": _day(row.valid_from),
        "paper_place": row.paper_place,
        "done_at": instant(row.done_at),
        "watchers": [known[who] for who in row.watcher_ids if who in known],
        "text": {"id": file.pk, "name": file.name, "version": file.version} if file else None,
        "is_as_registered": content_hash(document) == row.sealed if row.sealed else None,
        "actions": _buttons(deeds, reach.way),
        "status_moves": [
            step_out(step) for step in reach.steps(ways, works=bool(parts - {AUTHOR}) and row.status not in OVER)
        ],
        "can": _can(row, OWNER in parts, bool(parts - {AUTHOR}), actor),
    }


def _can(row: Any, is_owner: bool, keeps: bool, actor: Actor) -> dict[str, bool]:
    is_open = row.status not in OVER
    return {
        "edit": is_owner and row.status in CHANGED_FREELY,
        "edit_later": is_owner and row.status in REGISTERED,
        "mark": keeps and is_open,
        "delete": is_owner and not row.number and row.status not in NUMBERED,
        "resolve": row.status in RESOLVED and (is_owner or actor.principal_id == row.addressee_id),
        "comment": True,
        "attach": actor.may_add_to(row),
    }


def _buttons(deeds: Iterable[Any], way: Callable[[str], Way | None]) -> list[dict[str, Any]]:
    """Buttons in their order; the first that is not dangerous is the main one."""
    buttons: list[dict[str, Any]] = []
    for deed in deeds:
        if (found := way(deed.target)) is None:
            continue
        kind = "danger" if deed.is_danger else "default" if buttons else "primary"
        needs_text = deed.needs_text or found.needs_comment
        asks = {"asks": "Напишите причину"} if deed.needs_text else {}
        told = {"code": deed.code, "title": found.title or deed.title, "kind": kind, "needs_text": needs_text}
        buttons.append(told | asks)
    return buttons


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
