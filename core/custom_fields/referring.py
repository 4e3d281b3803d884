"""Fields whose value is another row: found for whoever names it, told to whoever may see it."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.access.actor import Actor
from core.access.queries import visible_card
from core.attachments.models import Attachment
from core.attachments.queries import living
from core.attachments.rest.serializers import content_url
from core.context import enabled_modules
from core.entities.kinds import EntityKind
from core.entities.models import Entity, Ref
from core.entities.rest.briefs import briefs
from core.errors import Invalid, NotFound
from core.organization.people import people, principal_of
from core.registry import registry

from .models import Field
from .rules.contents import WrongValue

Type = Field.Type
_LARGEST = 2**62
_NO_CARD = "Такой карточки нет или она вам не видна. Выберите карточку из списка"
_NO_FILE = "Этого файла нет на карточке или он ещё проверяется"


def target_of(field: Field, given: Any, card: Entity, by: Actor, held: int | None) -> int | None:
    """Id of the row that somebody names: an employee's id, a card's address, a file of this card. WrongValue.

    What stands there already may stay. What does not exist and what may not be known is answered alike.
    """
    if given is None or given == "":
        return None
    if field.type == Type.CARD:
        return _card(field, given, by)
    if isinstance(given, bool) or not isinstance(given, int) or not 0 < given < _LARGEST:
        raise WrongValue("Ожидается номер: выберите из списка")
    return _person(given, held) if field.type == Type.PERSON else _file(given, card)


def column_of(field: Field) -> str:
    """The column of keys that holds such a value."""
    return {Type.PERSON: "person_id", Type.CARD: "card_id", Type.FILE: "file_id"}[Type(field.type)]


def shown(
    fields: Iterable[Field], references: Mapping[int, int], card: Entity, kind: EntityKind, actor: Actor
) -> dict[int, Any]:
    """Field id → what the actor is shown of its value: a person, a card in brief, a file; None where he may not see it.

    One query for all people, one for all files, and those of `briefs` for cards.
    """
    wanted = [field for field in fields if field.pk in references]
    by_type = {of_type: [references[f.pk] for f in wanted if f.type == of_type] for of_type in Type}
    known: dict[str, Mapping[int, Any]] = {
        Type.PERSON: people(by_type[Type.PERSON]),
        Type.CARD: briefs(actor, by_type[Type.CARD]) if by_type[Type.CARD] else {},
        Type.FILE: _files(by_type[Type.FILE], card, kind, actor),
    }
    return {field.pk: known[field.type].get(references[field.pk]) for field in wanted}


def told(field: Field, target: int | None, kind: EntityKind) -> str | None:
    """How the history names a value. It names neither cards nor files that some of its readers may not see."""
    if target is None:
        return None
    if field.type == Type.PERSON:
        return people([target])[target]["name"]
    if field.type == Type.CARD:
        found = Entity.objects.filter(pk=target).first()
        return str(found.ref) if found else None
    file = Attachment.objects.filter(pk=target).first() if kind.files is None else None
    return file.name if file else "файл"


def named_again(field: Field, target: int | None) -> Any:
    """A value that stood in a field, as people name it: what `target_of` reads; None of what is gone."""
    if target is None:
        return None
    if field.type == Type.PERSON:
        known = people([target]).get(target)
        return known and known["id"]
    if field.type == Type.CARD:
        found = Entity.objects.filter(pk=target).first()
        return found and str(found.ref)
    return target


def _person(employee_id: int, held: int | None) -> int:
    try:
        return principal_of(employee_id)
    except Invalid as wrong:
        # Somebody who has been blocked since may stay where he stands.
        if held is not None and people([held])[held]["id"] == employee_id:
            return held
        raise WrongValue(wrong.errors["employee"][0]) from wrong


def _card(field: Field, address: Any, by: Actor) -> int:
    try:
        ref = Ref.parse(address) if isinstance(address, str) else None
        kind = next((k for k in registry.live_kinds(enabled_modules()) if ref and k.code == ref.kind), None)
        if ref is None or kind is None or kind.code not in field.settings["kinds"]:
            raise WrongValue(_NO_CARD)
        return visible_card(by, kind, ref.id).pk
    except (ValueError, NotFound) as nothing:
        raise WrongValue(_NO_CARD) from nothing


def _file(file_id: int, card: Entity) -> int:
    if not living().filter(pk=file_id, entity_id=card.pk, state=Attachment.State.READY).exists():
        raise WrongValue(_NO_FILE)
    return file_id


def _files(ids: list[int], card: Entity, kind: EntityKind, actor: Actor) -> dict[int, Any]:
    if not ids or not kind.opens_files(actor, card):
        return {}
    rows = living().filter(pk__in=ids, entity_id=card.pk, state=Attachment.State.READY)
    return {row.pk: {"id": row.pk, "name": row.name, "url": content_url(row.pk)} for row in rows}
