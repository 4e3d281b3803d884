"""Shapes of imports."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from core.attachments.rest.serializers import UploadIn
from core.entities.kinds import EntityKind
from core.entities.sheets import Column, Sheet
from core.organization.people import people
from core.organization.rest.serializers import PersonOut
from core.registry import registry

from ..models import Import
from ..rules.tables import LONGEST_CELL

_COUNTS = ("rows_count", "seen_count", "good_count", "bad_count", "twin_count", "made_count", "kept_count")
_MOST_COLUMNS = 100


class ImportIn(UploadIn):
    """Which cards, and the file that is about to be uploaded."""

    kind = serializers.CharField(max_length=60, help_text="tasks.task")


class ChoiceIn(serializers.Serializer):
    """Which sheet, which column is which, and how cards that stand already are known."""

    sheet = serializers.IntegerField(required=False, min_value=0, max_value=1000)
    mapping = serializers.DictField(
        child=serializers.CharField(max_length=60, allow_blank=True),
        required=False,
        help_text="{place of the file's column: code}; each code once",
    )
    twins = serializers.CharField(max_length=60, required=False, allow_blank=True, help_text="code; empty for none")

    def validate_mapping(self, given: dict[str, str]) -> dict[str, str]:
        if len(given) > _MOST_COLUMNS:
            raise serializers.ValidationError(f"Не больше {_MOST_COLUMNS} столбцов")
        return given


class CellIn(serializers.Serializer):
    """A text typed over a cell; the row is named as the file numbers it."""

    row = serializers.IntegerField(min_value=1, max_value=10_000_000)
    column = serializers.CharField(max_length=60, help_text="code")
    text = serializers.CharField(max_length=LONGEST_CELL, allow_blank=True, trim_whitespace=False)


class RunIn(serializers.Serializer):
    leave_bad = serializers.BooleanField(default=False, help_text="leave out rows that cannot be read")


class TakeBackIn(serializers.Serializer):
    leave_worked = serializers.BooleanField(default=False, help_text="leave cards that people have worked on since")


class ColumnOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    is_required = serializers.BooleanField()
    is_multiline = serializers.BooleanField()
    example = serializers.CharField()


class TwinOut(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    is_sure = serializers.BooleanField(help_text="compared unless the person says otherwise, the first that is mapped")


class UnreadColumnOut(serializers.Serializer):
    title = serializers.CharField(help_text="header of the column in our own files")
    why = serializers.CharField()


class ImportKindOut(serializers.Serializer):
    """Cards that the caller may make from files."""

    code = serializers.CharField()
    title = serializers.CharField()
    icon = serializers.CharField()
    route = serializers.CharField()
    columns = ColumnOut(many=True)
    twins = TwinOut(many=True)
    unread = UnreadColumnOut(many=True)


class ImportKindsOut(serializers.Serializer):
    results = ImportKindOut(many=True)


class TableOut(serializers.Serializer):
    """A sheet of a file: headers, its first rows, how many there are."""

    name = serializers.CharField()
    headers = serializers.ListField(child=serializers.CharField())
    samples = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    rows = serializers.IntegerField()


class ImportRowOut(serializers.Serializer):
    """An import as a line of a list."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    kind_title = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(Import.State.choices)
    state_title = serializers.CharField()
    reason = serializers.CharField(allow_null=True, help_text="why nothing came of it, or what to look at")
    rows_count = serializers.IntegerField(help_text="rows of the sheet")
    seen_count = serializers.IntegerField(help_text="rows read so far")
    good_count = serializers.IntegerField()
    bad_count = serializers.IntegerField()
    twin_count = serializers.IntegerField(help_text="rows of cards that stand already")
    made_count = serializers.IntegerField()
    kept_count = serializers.IntegerField(help_text="cards that stayed when the import was undone")
    author = PersonOut()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    undone_at = serializers.DateTimeField(allow_null=True)


class ImportOut(ImportRowOut):
    size = serializers.IntegerField(help_text="bytes")
    sheets = TableOut(many=True)
    sheet = serializers.IntegerField(help_text="place of the chosen one among `sheets`")
    mapping = serializers.DictField(child=serializers.CharField(), help_text="{place of the file's column: code}")
    is_remembered = serializers.BooleanField(help_text="the mapping is that of the last file with these headers")
    twins = serializers.CharField()
    twins_chosen = serializers.BooleanField(help_text="a person has said so; else `twins` follows the mapping")
    bad_file = serializers.ChoiceField(Import.BadFile.choices, help_text="how far a file of its bad rows is")


class ImportsOut(serializers.Serializer):
    results = ImportRowOut(many=True)
    next = serializers.CharField(allow_null=True)


class ProblemOut(serializers.Serializer):
    """A row that cannot be read: its cells and the sentences at them by code."""

    row = serializers.IntegerField(help_text="as the file numbers it")
    cells = serializers.DictField(child=serializers.CharField(allow_blank=True))
    # It hides nothing: the library takes declared fields off the class, which its stub does not know.
    errors = serializers.DictField(child=serializers.CharField())  # type: ignore[assignment]


class ProblemsOut(serializers.Serializer):
    """The first thousand of such rows, page by page."""

    results = ProblemOut(many=True)
    next = serializers.IntegerField(allow_null=True, help_text="`after` of the next page")


class FixedCellOut(serializers.Serializer):
    """The row as it stands with the text; None when it can be read now."""

    problem = ProblemOut(allow_null=True)
    good_count = serializers.IntegerField()
    bad_count = serializers.IntegerField()


def rows_out(rows: Sequence[Import]) -> list[dict[str, Any]]:
    """Imports with their authors, in one query for all people."""
    known = people(row.author_id for row in rows)
    return [_row_out(row, known[row.author_id]) for row in rows]


def import_out(row: Import) -> dict[str, Any]:
    own = ("size", "sheets", "sheet", "mapping", "is_remembered", "twins", "twins_chosen", "bad_file")
    return rows_out([row])[0] | {name: getattr(row, name) for name in own}


def kind_out(kind: EntityKind, columns: Sequence[Column], unread: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A kind with the columns that a file may have."""
    titles = {column.code: column.title for column in columns}
    sheet = kind.sheet
    return {
        "code": kind.code,
        "title": sheet.title if sheet else kind.title,
        "icon": kind.icon,
        "route": kind.route,
        "columns": [_column_out(column) for column in columns],
        "twins": _twins_out(sheet, titles) if sheet else [],
        "unread": [{"title": title, "why": why} for title, why in unread],
    }


def _twins_out(sheet: Sheet, titles: dict[str, str]) -> list[dict[str, Any]]:
    """Sure ones first, in the order in which they are taken."""
    ordered = dict.fromkeys((*sheet.sure_twins, *sheet.twins))
    return [
        {"code": code, "title": titles[code], "is_sure": code in sheet.sure_twins} for code in ordered if code in titles
    ]


def _column_out(column: Column) -> dict[str, Any]:
    return {
        "code": column.code,
        "title": column.title,
        "is_required": column.required,
        "is_multiline": column.cell == "text",
        "example": column.example,
    }


def _row_out(row: Import, author: dict[str, Any]) -> dict[str, Any]:
    kind = registry.kind(row.kind)
    return {
        "id": row.pk,
        "kind": row.kind,
        "kind_title": kind.sheet.title if kind and kind.sheet else row.kind,
        "name": row.name,
        "state": row.state,
        "state_title": Import.State(row.state).label,
        "reason": row.reason or None,
        **{name: getattr(row, name) for name in _COUNTS},
        "author": author,
        "created_at": row.created_at,
        "finished_at": row.finished_at,
        "undone_at": row.undone_at,
    }
