"""Verbs about templates of print."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from core.access.actor import Actor
from core.custom_fields.queries import types_of
from core.entities.kinds import EntityKind
from core.errors import Invalid, NotFound, Stale
from core.events.bus import Change, emit
from core.verb import verb

from ..events import PrintTemplateChanged
from ..models import PrintTemplate
from ..permissions import MANAGE_TEMPLATES
from ..rules.check import marks_told

MOST_TEMPLATES = 500
_PLAIN = ("title", "card_type")


@verb
def add_template(
    kind: EntityKind,
    *,
    given: Mapping[str, Any],
    form: str,
    content: bytes,
    marks: Sequence[Mapping[str, Any]],
    by: Actor,
) -> PrintTemplate:
    """Keep a template of print for cards of a kind; `marks` have been found in it. Errors: Forbidden, Invalid."""
    by.must(MANAGE_TEMPLATES)
    _must_be_type(kind, given.get("card_type", ""))
    if PrintTemplate.objects.filter(archived_at__isnull=True).count() >= MOST_TEMPLATES:
        raise Invalid({"title": f"В компании уже {MOST_TEMPLATES} шаблонов. Уберите ненужные"})
    made = PrintTemplate.objects.create(
        kind=kind.code,
        card_type=given.get("card_type", ""),
        title=given["title"],
        form=form,
        file_name=given["file_name"],
        content=base64.b64encode(content).decode(),
        marks=list(marks),
        author_id=by.principal_id,
    )
    emit(PrintTemplateChanged(None, made.pk, (Change("title", None, made.title),)), by=by)
    return made


@verb
def seed_template(kind: str, card_type: str, title: str, page: str) -> PrintTemplate:
    """A ready template of HTML, for a company that begins: its own from now on."""
    return PrintTemplate.objects.create(
        kind=kind,
        card_type=card_type,
        title=title,
        form=PrintTemplate.Form.HTML,
        file_name=f"{title}.html",
        content=base64.b64encode(page.encode()).decode(),
        marks=marks_told([page]),
    )


@verb
def change_template(
    template: PrintTemplate, *, kind: EntityKind, given: Mapping[str, Any], by: Actor, version: int | None = None
) -> PrintTemplate:
    """Change the name, type or file of a template, put it away or bring it back (`is_archived`).

    A file comes as `content` with its `form`, `file_name` and `marks`. Errors: Forbidden, NotFound, Stale, Invalid.
    """
    by.must(MANAGE_TEMPLATES)
    found = PrintTemplate.objects.select_for_update().filter(pk=template.pk).first()
    if found is None:
        raise NotFound()
    if version is not None and found.version != version:
        raise Stale(version=found.version)
    if "card_type" in given:
        _must_be_type(kind, given["card_type"])
    changes = [Change(name, getattr(found, name), given[name]) for name in _PLAIN if name in given]
    changes = [one for one in changes if one.old != one.new]
    for one in changes:
        setattr(found, one.field, one.new)
    if "content" in given:
        changes.append(Change("file", found.file_name, given["file_name"]))
        found.content = base64.b64encode(given["content"]).decode()
        found.form, found.file_name, found.marks = given["form"], given["file_name"], list(given["marks"])
    wanted = given.get("is_archived")
    if wanted is not None and wanted != (found.archived_at is not None):
        changes.append(Change("is_archived", not wanted, wanted))
        found.archived_at = timezone.now() if wanted else None
    if changes:
        found.version += 1
        found.changed_at = timezone.now()
        found.save()
        emit(PrintTemplateChanged(None, found.pk, tuple(changes)), by=by)
    return found


def _must_be_type(kind: EntityKind, code: str) -> None:
    if code and code not in {one.code for one in types_of(kind.code)}:
        raise Invalid({"card_type": "Такого вида нет. Обновите страницу"})
