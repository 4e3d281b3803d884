"""What documents of a type ask for, and what new ones begin with."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from core.access.actor import Actor
from core.access.models import Role
from core.custom_fields.queries import types_of
from core.errors import Invalid, NotFound, Stale
from core.events.bus import Change, emit
from core.verb import verb

from ..events import TemplateChanged, TypeRulesChanged
from ..models import Document, DocumentTemplate, TypeRules
from ..permissions import RULES

_RULES = (
    "direction", "needs_route", "author_registers", "is_closed", "create_roles", "register_roles", "reader_roles",
    "answer_days", "has_lines",
)  # fmt: skip
_ROLES = ("create_roles", "register_roles", "reader_roles")
_TEMPLATE = ("title", "card_type", "subject", "content")


@verb
def set_rules(code: str, *, given: Mapping[str, Any], by: Actor, version: int | None = None) -> TypeRules:
    """Say what documents of a type ask for, from now on: a type that is closed closes those that come. Errors:
    Forbidden, NotFound for a type that there is not, Invalid on roles, Stale."""
    by.must(RULES)
    if code and code not in {one.code for one in types_of(Document.KIND)}:
        raise NotFound()
    _must_be_roles(given)
    TypeRules.objects.get_or_create(code=code)
    rules = TypeRules.objects.select_for_update().get(code=code)
    if version is not None and rules.version != version:
        raise Stale(version=rules.version)
    changed = [name for name in _RULES if name in given and getattr(rules, name) != given[name]]
    changes = tuple(Change(name, getattr(rules, name), given[name]) for name in changed)
    if not changed:
        return rules
    for name in changed:
        setattr(rules, name, given[name])
    rules.version += 1
    rules.save()
    emit(TypeRulesChanged(None, code, changes), by=by)
    return rules


@verb
def make_template(*, given: Mapping[str, Any], by: Actor) -> DocumentTemplate:
    """Add a template of documents. Errors: Forbidden, Invalid."""
    by.must(RULES)
    _must_be_type(given.get("card_type", ""))
    made = DocumentTemplate.objects.create(**given)
    emit(TemplateChanged(None, made.pk, (Change("title", None, made.title),)), by=by)
    return made


@verb
def change_template(
    template: DocumentTemplate, *, given: Mapping[str, Any], by: Actor, version: int | None = None
) -> DocumentTemplate:
    """Change a template, put it away or bring it back (`is_archived`). Errors: Forbidden, NotFound, Stale, Invalid."""
    by.must(RULES)
    found = DocumentTemplate.objects.select_for_update().filter(pk=template.pk).first()
    if found is None:
        raise NotFound()
    if version is not None and found.version != version:
        raise Stale(version=found.version)
    if "card_type" in given:
        _must_be_type(given["card_type"])
    changed = [name for name in _TEMPLATE if name in given and getattr(found, name) != given[name]]
    changes = [Change(name, getattr(found, name), given[name]) for name in changed]
    for name in changed:
        setattr(found, name, given[name])
    wanted = given.get("is_archived")
    if wanted is not None and wanted != (found.archived_at is not None):
        changes.append(Change("is_archived", not wanted, wanted))
        found.archived_at = timezone.now() if wanted else None
    if changes:
        found.version += 1
        found.save()
        emit(TemplateChanged(None, found.pk, tuple(changes)), by=by)
    return found


def _must_be_roles(given: Mapping[str, Any]) -> None:
    named = {code for name in _ROLES for code in given.get(name, ())}
    known = set(Role.objects.filter(code__in=named).values_list("code", flat=True)) if named else set()
    for name in _ROLES:
        if set(given.get(name, ())) - known:
            raise Invalid({name: "Такой роли нет. Обновите страницу"})


def _must_be_type(code: str) -> None:
    if code and code not in {one.code for one in types_of(Document.KIND)}:
        raise Invalid({"card_type": "Такого вида нет. Обновите страницу"})
