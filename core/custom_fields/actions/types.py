"""Verbs about the types of cards that a company adds to a kind."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.errors import NotFound
from core.events.bus import Change, emit
from core.verb import verb

from ..errors import CodeTaken, TitleTaken, TooManyTypes
from ..events import CardTypeAltered, CardTypeDefined
from ..models import CardType
from ..permissions import MANAGE_FIELDS
from ..rules.shapes import MOST_TYPES, read_code, read_title


@verb
def define_type(kind: EntityKind, *, title: str, by: Actor, code: str = "") -> CardType:
    """Add a type of cards to a kind, behind the others. Errors: Invalid at `title` and `code`, TooManyTypes."""
    by.must(MANAGE_FIELDS)
    living = CardType.objects.filter(kind=kind.code, archived_at__isnull=True)
    if living.count() >= MOST_TYPES:
        raise TooManyTypes(MOST_TYPES)
    last = CardType.objects.filter(kind=kind.code).aggregate(last=Max("place"))["last"] or 0
    made = CardType(kind=kind.code, code=read_code(code), title=read_title(title), place=last + 1)
    with _unique():
        made.save(force_insert=True)
    emit(CardTypeDefined(None, kind.code, made.code, (Change("title", None, made.title),)), by=by)
    return made


@verb
def alter_type(
    card_type: CardType, *, by: Actor, title: str | None = None, is_archived: bool | None = None
) -> CardType:
    """Rename a type, put it away or bring it back; cards that are of it stay what they are. Errors: Invalid."""
    by.must(MANAGE_FIELDS)
    found = CardType.objects.select_for_update().filter(pk=card_type.pk).first()
    if found is None:
        raise NotFound()
    changes: list[Change] = []
    if title is not None and read_title(title) != found.title:
        changes.append(Change("title", found.title, read_title(title)))
        found.title = read_title(title)
    if is_archived is not None and is_archived != (found.archived_at is not None):
        changes.append(Change("is_archived", not is_archived, is_archived))
        found.archived_at = timezone.now() if is_archived else None
    if not changes:
        return found
    with _unique():
        found.save()
    emit(CardTypeAltered(None, found.kind, found.code, tuple(changes)), by=by)
    return found


@contextmanager
def _unique() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if "card_type_code_once" in str(clash):
            raise CodeTaken() from clash
        if "card_type_title_once" in str(clash):
            raise TitleTaken() from clash
        raise
