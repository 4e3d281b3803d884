"""What of a company's tables stands in the file about a person: no more than whoever asks for it may see."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, Q, QuerySet

from core.access.actor import Actor
from core.access.limits import hidden
from core.access.queries import visible, within
from core.attachments.models import Attachment
from core.context import current_company
from core.discovery import company_apps
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.events.models import Fact
from core.events.sight import kinds_kept_from
from core.history.queries import facts_of, lines_of
from core.identity.models import Principal, User
from core.organization.models import Employee
from core.registry import registry

from .told import columns_of

Row = dict[str, Any]
_PAGE = 500
_KEYS = (Principal, Employee, User)
# Columns whose name is not that of the field which a role hides.
_FIELD_OF = {"work_email": "email", "phone_proved": "phone"}


def tables_about(employee: Employee, *, by: Actor) -> Iterator[tuple[str, Iterator[Row]]]:
    """(table, its rows) for every table of the company in which the person stands; in the company's scope.

    `by` is whoever has asked. Rows of a card come only with a card that he sees, drafts of others never; columns that
    his roles hide are left out; what has happened to the person is told as the history tells it.
    """
    keys: dict[Any, int] = {Principal: employee.principal_id, Employee: employee.pk}
    if user := User.objects.filter(principal_id=employee.principal_id).first():
        keys[User] = user.pk
    kinds = list(registry.live_kinds(current_company().modules))
    yield _table(Principal, Principal.objects.filter(pk=employee.principal_id))
    yield _table(Employee, Employee.objects.filter(pk=employee.pk), shut=_shut(by, registry.kind_of(employee.kind)))
    for model in models_about():
        where = Q()
        for field in named_in(model):
            if field.related_model in keys:
                where |= Q(**{field.attname: keys[field.related_model]})
        if not where or issubclass(model, Employee) or not columns_of(model):
            continue
        if model is Entity:
            for kind in kinds:
                yield _table(model, Entity.objects.filter(where, pk__in=_seen(by, kind)), shut=_shut(by, kind))
            continue
        about = [(field, _kinds_of(field, kinds)) for field in _cards_in(model)]
        for field, of_field in about:
            where &= _of_seen(model, field, of_field, employee, by)
        if model is Fact:
            where &= (Q(is_private=False) | Q(entity_id=employee.pk)) & ~Q(kind__in=kinds_kept_from(by))
        shut = {name for _, of_field in about for kind in of_field for name in _shut(by, kind)}
        yield _table(model, model._default_manager.filter(where), shut=shut)
    yield "history", _history(employee, by)


def models_about() -> list[type[Model]]:
    """Models of a company in which a person may be named."""
    labels = [app.rpartition(".")[2] for app in company_apps()]
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return [model for model in models if named_in(model)]


def named_in(model: type[Model]) -> list[Any]:
    """Fields of a model that name people."""
    return [
        field
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey) and field.related_model in _KEYS and not field.remote_field.parent_link
    ]


def _cards_in(model: type[Model]) -> list[Any]:
    """Fields of a model that point to cards which are nobody's own."""
    return [
        field
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey)
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, Entity)
        and field.related_model is not Employee
    ]


def _kinds_of(field: Any, kinds: list[EntityKind]) -> list[EntityKind]:
    return [kind for kind in kinds if issubclass(kind.model, field.related_model)]


def _of_seen(model: type[Model], field: Any, kinds: list[EntityKind], employee: Employee, by: Actor) -> Q:
    """That a row is of no card, of the person's own or of one that the asker sees; of a file, whose files he sees."""
    where = Q(**{f"{field.attname}__isnull": True})
    if model is not Attachment:
        where |= Q(**{field.attname: employee.pk})
    for kind in kinds:
        where |= Q(**{f"{field.attname}__in": _seen(by, kind, files=model is Attachment)})
    return where


def _seen(by: Actor, kind: EntityKind, *, files: bool = False) -> QuerySet[Any, Any]:
    cards = visible(by, kind)
    if files and kind.files is not None:
        cards = within(by, kind.files, cards)
    return cards.filter(Q(is_draft=False) | Q(author=by.principal_id)).order_by().values("pk")


def _shut(by: Actor, kind: EntityKind) -> set[str]:
    """Every name under which a field that is hidden from the asker could stand in a column."""
    closed = hidden(by.limits, kind.code)
    fields = [field for field in kind.fields if field.code in closed]
    return {name for field in fields for name in (field.code, *field.keys, *field.written, *field.told, *field.found)}


def _table(model: type[Model], rows: QuerySet[Any, Any], *, shut: Any = ()) -> tuple[str, Iterator[Row]]:
    told = columns_of(model)
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if field.attname in told and not {field.name, _FIELD_OF.get(field.name, field.name)} & set(shut)
    ]
    ordered = rows.order_by(*(field.attname for field in model._meta.pk_fields)).values(*names)
    return model._meta.db_table, ordered.iterator(chunk_size=_PAGE)


def _history(employee: Employee, by: Actor) -> Iterator[Row]:
    """What has been done to himself, in the lines of his card's history."""
    kind, last = registry.kind_of(employee.kind), 0
    while facts := list(facts_of(employee, by).filter(pk__gt=last).order_by("pk")[:_PAGE]):
        yield from lines_of(facts, kind, by, employee)
        last = facts[-1].pk
