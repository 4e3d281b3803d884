"""One deed on many cards: each by its own verb and by itself, so that what one refuses does not stop the others.

What has been done can be put back for an hour. The answer carries a sealed note of what each card was before, for the
same person in the same company; a card that somebody has touched since stays as it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import transaction
from rest_framework.serializers import Serializer

from core.access.actor import Actor
from core.access.queries import within
from core.context import current_schema
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.errors import Invalid, NotFound, Refused

MOST_NAMED = 500
# So many cards of a filtered list are done with by one request; the next one goes on behind the last of them.
AT_ONCE = 100
MOST_FILTERED = 5_000
KEPT_SECONDS = 60 * 60
_NOT_SEEN = "Карточки нет или она вам не видна"


@dataclass(frozen=True)
class BulkAction:
    """`run(card, kind, values, by)` does the deed by a verb and tells in JSON what `back(card, kind, told, by)` needs
    to put it back; None when nothing has changed. Without `back` it cannot be put back. `values` reads what is asked.
    """

    code: str
    title: str
    run: Callable[[Any, EntityKind, Mapping[str, Any], Actor], Any]
    back: Callable[[Any, EntityKind, Any, Actor], None] | None = None
    values: type[Serializer] | None = None


class TouchedSince(Refused):
    code, status, title = "touched-since", 409, "Карточку после этого уже изменили. Она осталась как есть"


class NothingToUndo(Refused):
    code, status, title = "nothing-to-undo", 409, "Отменить можно только свои действия и в течение часа"


class ListHasChanged(Refused):
    """`count` is how many cards the filter finds now."""

    code, status, title = "list-changed", 409, "Список изменился, пока вы выбирали. Проверьте его и повторите"


def do_all(
    action: BulkAction, kind: EntityKind, ids: Sequence[int], values: Mapping[str, Any], by: Actor
) -> dict[str, Any]:
    """{results: [{id, outcome: done, same or refused, reason}], undo: the sealed note or None}, in the order of ids."""
    cards = {card.pk: card for card in _seen(kind, ids, by).filter(trashed_at__isnull=True)}
    results: list[dict[str, Any]] = []
    told: dict[int, Any] = {}
    for pk in dict.fromkeys(ids):
        outcome, reason = "refused", _NOT_SEEN
        if pk in cards:
            outcome, reason, back = _do(action, kind, cards[pk], values, by)
            if outcome == "done":
                told[pk] = back
        results.append({"id": pk, "outcome": outcome, "reason": reason})
    return {"results": results, "undo": _sealed(action, kind, told, by) if told and action.back else None}


def undo_all(actions: Iterable[BulkAction], kind: EntityKind, note: str, by: Actor) -> dict[str, Any]:
    """Put back what a note tells of, the last card first; {results, undo: None}. NothingToUndo, for a note of somebody
    else or an old one too."""
    try:
        told = signing.loads(note, salt=_salt(kind, by), max_age=KEPT_SECONDS)
    except signing.BadSignature as wrong:
        raise NothingToUndo() from wrong
    action = next((one for one in actions if one.code == told["action"]), None)
    if action is None or action.back is None:
        raise NothingToUndo()
    cards = {card.pk: card for card in _seen(kind, [pk for pk, _, _ in told["cards"]], by)}
    results = []
    for pk, version, before in reversed(told["cards"]):
        outcome, reason = "refused", _NOT_SEEN
        if pk in cards:
            outcome, reason = _undo(action, kind, cards[pk], version, before, by)
        results.append({"id": pk, "outcome": outcome, "reason": reason})
    return {"results": results, "undo": None}


def next_of(rows: Any, *, count: int, after: int) -> list[int]:
    """Ids of the next cards of a filtered list, in the order of their making. Errors: ListHasChanged when it began with
    another number of cards than the person has seen, Invalid for too many."""
    if not after:
        found = rows.order_by().values("pk")[: MOST_FILTERED + 1].count()
        if found > MOST_FILTERED:
            raise Invalid({"filter": f"За раз можно изменить не больше {MOST_FILTERED} карточек. Сузьте список"})
        if found != count:
            raise ListHasChanged(count=found)
    return list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


def _do(action: BulkAction, kind: EntityKind, card: Any, values: Mapping[str, Any], by: Actor) -> tuple[str, str, Any]:
    try:
        with transaction.atomic():
            back = action.run(card, kind, values, by)
    except Refused as refusal:
        return "refused", sentence_of(refusal), None
    return ("same" if back is None else "done"), "", back


def _undo(action: BulkAction, kind: EntityKind, card: Any, version: int, before: Any, by: Actor) -> tuple[str, str]:
    try:
        with transaction.atomic():
            held = Entity.objects.select_for_update(no_key=True).filter(pk=card.pk).values_list("version", flat=True)
            now = held.first()
            if now is None:
                raise NotFound()
            if now != version:
                raise TouchedSince()
            if action.back:
                action.back(card, kind, before, by)
    except Refused as refusal:
        return "refused", sentence_of(refusal)
    return "done", ""


def sentence_of(refusal: Refused) -> str:
    """Why, in one sentence for a line of a table."""
    if isinstance(refusal, Invalid) and refusal.errors:
        return next(iter(refusal.errors.values()))[0]
    return refusal.detail


def _seen(kind: EntityKind, ids: Iterable[int], by: Actor) -> Any:
    return within(by, kind.view, kind.model.objects.filter(pk__in=list(ids)))


def _sealed(action: BulkAction, kind: EntityKind, told: Mapping[int, Any], by: Actor) -> str:
    versions = dict(Entity.objects.filter(pk__in=list(told)).values_list("pk", "version"))
    cards = [(pk, versions[pk], back) for pk, back in told.items()]
    return signing.dumps({"action": action.code, "cards": cards}, salt=_salt(kind, by), compress=True)


def _salt(kind: EntityKind, by: Actor) -> str:
    return f"bulk:{current_schema()}:{by.principal_id}:{kind.code}"
