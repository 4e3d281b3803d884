"""Verbs about the fields that a company adds to its cards."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.access.actor import Actor
from core.access.models import Role
from core.access.seed import ALMIGHTY
from core.entities.kinds import EntityKind
from core.errors import Invalid, NotFound, Stale
from core.events.bus import Change, emit
from core.formulas.errors import FormulaError
from core.outbox.queries import promise
from core.registry import registry
from core.texts import clean_line
from core.verb import verb

from ..errors import CodeTaken, FieldIsRead, NoSuchNeighbour, TitleTaken, TooManyFields, ValuesWouldBeLost
from ..events import FieldAltered, FieldDefined, FieldsOrdered
from ..models import CardType, Field, FieldRight
from ..permissions import MANAGE_FIELDS
from ..queries import cards_with
from ..rules import contents
from ..rules.contents import WrongValue
from ..rules.formulas import kept_formula, kind_of, readers_of, recheck
from ..rules.shapes import MOST_FIELDS, keeps_values, read_code, read_settings, read_title

Type = Field.Type
FILL = "custom_fields.fill"
_PLAIN = ("group", "hint")
_TOLD = ("title", "type", "group", "hint", "card_types", "required_at", "default", "settings", "is_filterable",
         "is_recorded")  # fmt: skip


@verb
def define_field(kind: EntityKind, *, given: Mapping[str, Any], by: Actor) -> Field:
    """Add a field to a kind of card, behind the others.

    `given` are columns of `Field`, with `rights` as {role code: level}; title and type are needed. Errors: Invalid at
    the wrong column, `settings.<name>` and `settings.formula`, TooManyFields.
    """
    by.must(MANAGE_FIELDS)
    others = _locked(kind.code)
    if len([one for one in others if one.archived_at is None]) >= MOST_FIELDS:
        raise TooManyFields(MOST_FIELDS)
    place = max((one.place for one in others), default=0) + 1
    field = Field(kind=kind.code, code=read_code(given.get("code", "")), type=given["type"], place=place)
    _write_into(field, given, kind, others)
    with _unique():
        field.save(force_insert=True)
    rights = _give_rights(field, given.get("rights", {}))
    changes = tuple(Change(name, None, getattr(field, name)) for name in _TOLD)
    emit(FieldDefined(None, kind.code, field.code, (*changes, Change("rights", {}, rights))), by=by)
    if field.is_filterable:
        promise(f"job:{FILL}", field.pk)
    return field


@verb
def alter_field(
    field: Field, kind: EntityKind, *, given: Mapping[str, Any], by: Actor, version: int | None = None
) -> Field:
    """Change a field; `is_archived` puts it away with all its values, or brings it back.

    Errors: as `define_field`, Stale, ValuesWouldBeLost for a type or settings that its values do not fit, FieldIsRead
    for archiving what a formula reads.
    """
    by.must(MANAGE_FIELDS)
    others = _locked(kind.code)
    field = next((one for one in others if one.pk == field.pk), None) or _gone()
    if version is not None and field.version != version:
        raise Stale(version=field.version)
    before = {name: getattr(field, name) for name in _TOLD} | {"is_archived": field.archived_at is not None}
    former = Field(**{name: getattr(field, name) for name in ("pk", "kind", "code", "type", "settings")})
    was_read_as = kind_of(field)
    _write_into(field, given, kind, others)
    _archive(field, given.get("is_archived"), others)
    if not keeps_values(former, field.type, field.settings) and cards_with(former):
        raise ValuesWouldBeLost()
    if kind_of(field) != was_read_as:
        recheck([one for one in others if one.archived_at is None])
    after = {name: getattr(field, name) for name in _TOLD} | {"is_archived": field.archived_at is not None}
    changes = [Change(name, before[name], after[name]) for name in before if before[name] != after[name]]
    changes += _change_rights(field, given)
    if not changes:
        return field
    field.version += 1
    _reindex(field, {change.field for change in changes}, others)
    with _unique():
        field.save()
    emit(FieldAltered(None, kind.code, field.code, tuple(changes)), by=by)
    return field


@verb
def place_field(field: Field, kind: EntityKind, *, after: int | None, group: str, by: Actor) -> None:
    """Move a field into a group and behind another one, or to the beginning. Errors: Invalid at `after`, `group`."""
    by.must(MANAGE_FIELDS)
    rows = sorted((one for one in _locked(kind.code) if one.archived_at is None), key=lambda one: (one.place, one.pk))
    moved = next((one for one in rows if one.pk == field.pk), None) or _gone()
    order = [one for one in rows if one.pk != field.pk]
    at = 0 if after is None else next((n for n, one in enumerate(order, start=1) if one.pk == after), None)
    if at is None:
        raise NoSuchNeighbour()
    moved.group = _line(group, "group", 100)
    order.insert(at, moved)
    for place, one in enumerate(order, start=1):
        one.place = place
    Field.objects.bulk_update(order, ["place", "group"])
    emit(FieldsOrdered(None, kind.code, tuple(one.code for one in order)), by=by)


def proposed(field: Field, given: Mapping[str, Any]) -> tuple[bool, int]:
    """Whether a change of type or settings would keep all values, and how many cards it would touch."""
    of_type = given.get("type", field.type)
    same = of_type == field.type
    settings = read_settings(of_type, given.get("settings", {}), field.settings if same else {})
    return keeps_values(field, of_type, settings), cards_with(field)


def _locked(kind: str) -> list[Field]:
    """All fields of a kind, archived ones too; nobody else changes any of them until the transaction ends."""
    return list(Field.objects.select_for_update().filter(kind=kind).order_by("pk"))


def _gone() -> Field:
    raise NotFound()


def _write_into(field: Field, given: Mapping[str, Any], kind: EntityKind, others: list[Field]) -> None:
    """Put what is given into a field; the row is not saved yet."""
    living = [one for one in others if one.archived_at is None]
    if "title" in given:
        field.title = read_title(given["title"])
    for name in _PLAIN:
        if name in given:
            setattr(field, name, _line(given[name], name, 300 if name == "hint" else 100))
    former = field.settings if given.get("type", field.type) == field.type else {}
    if given.get("type", field.type) != field.type:
        field.default = None
    field.type = given.get("type", field.type)
    if "settings" in given or former == {}:
        field.settings = _settings(field, given.get("settings", {}), former, living)
    if "card_types" in given:
        field.card_types = _known_types(kind, given["card_types"])
    if "required_at" in given:
        field.required_at = _known_statuses(field, kind, given["required_at"])
    if "default" in given:
        field.default = _default(field, given["default"])
    if "is_filterable" in given:
        field.is_filterable = given["is_filterable"]
    if "is_recorded" in given:
        field.is_recorded = given["is_recorded"]
    if field.is_filterable and field.type == Type.FORMULA and field.settings["changes_daily"]:
        raise Invalid({"is_filterable": "Значение с СЕГОДНЯ() меняется каждый день: по нему нельзя фильтровать"})


def _settings(field: Field, given: Mapping[str, Any], former: dict[str, Any], living: list[Field]) -> dict[str, Any]:
    """Settings of the field's type; a formula's with its result."""
    found = read_settings(field.type, given, former)
    if field.type == Type.CARD:
        known = {kind.code for kind in registry.kinds()}
        if strange := set(found["kinds"]) - known:
            raise Invalid({"settings.kinds": f"Таких карточек нет: {', '.join(sorted(strange))}"})
    if field.type != Type.FORMULA:
        return found
    try:
        text, checked = kept_formula(found["formula"], field, living)
    except FormulaError as wrong:
        raise Invalid({"settings.formula": wrong.sentence}) from wrong
    return found | {"formula": text, "result": checked.kind.value, "changes_daily": checked.changes_daily}


def _known_types(kind: EntityKind, codes: list[str]) -> list[str]:
    living = CardType.objects.filter(kind=kind.code, archived_at__isnull=True).values_list("code", flat=True)
    known = ["", *living.order_by("place", "pk")]
    if set(codes) - set(known):
        raise Invalid({"card_types": "Такого типа карточек нет. Обновите страницу"})
    # A field of all types is one of those to come, too.
    return [] if set(codes) == set(known) else [code for code in known if code in codes]


def _known_statuses(field: Field, kind: EntityKind, codes: list[str]) -> list[str]:
    if set(codes) - set(kind.statuses):
        raise Invalid({"required_at": "Такого состояния у карточки нет"})
    if codes and field.type == Type.FORMULA:
        raise Invalid({"required_at": "Формула считается сама, требовать её нельзя"})
    return [code for code in kind.statuses if code in codes]


def _default(field: Field, given: Any) -> Any:
    if given is None:
        return None
    if field.is_reference or field.type == Type.FORMULA:
        raise Invalid({"default": "У поля этого типа не бывает значения по умолчанию"})
    try:
        return contents.read(field, given)
    except WrongValue as wrong:
        raise Invalid({"default": str(wrong)}) from wrong


def _archive(field: Field, wanted: bool | None, others: list[Field]) -> None:
    if wanted is None or wanted == (field.archived_at is not None):
        return
    living = [one for one in others if one.archived_at is None]
    if not wanted:
        if len(living) >= MOST_FIELDS:
            raise TooManyFields(MOST_FIELDS)
        field.archived_at = None
        recheck([*living, field])
        return
    if readers := readers_of(field.code, living):
        names = ", ".join(f"«{one.title}»" for one in readers)
        raise FieldIsRead(f"Поле используется в формулах: {names}. Сначала измените их")
    field.archived_at = timezone.now()


def _reindex(field: Field, changed: set[str], others: list[Field]) -> None:
    """Promise to write the keys anew of whatever the change has made others."""
    touched = [field] if changed & {"type", "settings", "is_filterable", "is_archived", "card_types"} else []
    if changed & {"type", "settings", "card_types"}:
        touched += [one for one in readers_of(field.code, others) if one.is_filterable]
    for one in touched:
        one.indexed_at = None
        if one is not field:
            # Its keys are of another time now, and whoever writes them must notice.
            one.version += 1
            one.save(update_fields=["indexed_at", "version"])
        promise(f"job:{FILL}", one.pk)


def _change_rights(field: Field, given: Mapping[str, Any]) -> list[Change]:
    if "rights" not in given:
        return []
    held = dict(field.rights.values_list("role__code", "level"))
    field.rights.all().delete()
    wanted = _give_rights(field, given["rights"])
    return [Change("rights", held, wanted)] if held != wanted else []


def _give_rights(field: Field, wanted: Mapping[str, str]) -> dict[str, str]:
    """Write {role code: level}; what narrows nothing is left out."""
    narrowed = {code: level for code, level in wanted.items() if level != FieldRight.Level.WRITE}
    roles = {role.code: role for role in Role.objects.select_for_update(no_key=True).filter(code__in=narrowed)}
    if set(narrowed) - set(roles):
        raise Invalid({"rights": "Такой роли нет. Обновите страницу"})
    if set(narrowed) & set(ALMIGHTY):
        raise Invalid({"rights": "Владелец и администратор видят и меняют все поля"})
    FieldRight.objects.bulk_create(FieldRight(field=field, role=roles[code], level=narrowed[code]) for code in narrowed)
    return narrowed


def _line(text: str, name: str, longest: int) -> str:
    line = clean_line(text)
    if len(line) > longest:
        raise Invalid({name: f"Не длиннее {longest} знаков"})
    return line


@contextmanager
def _unique() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if "custom_field_code_once" in str(clash):
            raise CodeTaken() from clash
        if "custom_field_title_once" in str(clash):
            raise TitleTaken() from clash
        raise
