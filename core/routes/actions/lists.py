"""Verbs about approval lists: named lists of people for a kind of card."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.access.actor import Actor
from core.errors import NotFound
from core.events.bus import Change, emit
from core.texts import clean_line
from core.verb import verb

from ..errors import EmptyList, RouteHasChanged, TitleTaken
from ..events import RouteSetUp
from ..models import ApprovalLine, ApprovalList
from ..permissions import MANAGE_ROUTES


@verb
def make_list(*, kind: str, card_type: str, title: str, people: Iterable[int], by: Actor) -> ApprovalList:
    """Name a list of people (principals). Errors: Forbidden, EmptyList, TitleTaken."""
    by.must(MANAGE_ROUTES)
    row = ApprovalList(kind=kind, card_type=card_type, title=clean_line(title))
    _save(row)
    _fill(row, people)
    _tell(row, "добавлен", by)
    return row


@verb
def change_list(
    row: ApprovalList, *, version: int | None, title: str | None = None, people: Iterable[int] | None = None, by: Actor
) -> ApprovalList:
    """Runs that go on keep those whom they have asked. Errors: Forbidden, NotFound, RouteHasChanged, EmptyList."""
    by.must(MANAGE_ROUTES)
    row = _locked(row.pk, version)
    if title is not None:
        row.title = clean_line(title)
    row.version += 1
    _save(row)
    if people is not None:
        row.lines.all().delete()
        _fill(row, people)
    _tell(row, "изменён", by)
    return row


@verb
def archive_list(row: ApprovalList, *, by: Actor) -> None:
    """Offer a list no more. Errors: Forbidden, NotFound."""
    by.must(MANAGE_ROUTES)
    row = _locked(row.pk, None)
    row.archived_at = timezone.now()
    row.version += 1
    row.save(update_fields=["archived_at", "version"])
    _tell(row, "убран", by)


@verb
def replace_in_list(line: ApprovalLine, *, to: int | None, by: Actor) -> None:
    """Somebody takes another's place in a list, or nobody does; whoever stands there already stays once."""
    row = _locked(line.list_id, None)
    found = ApprovalLine.objects.filter(pk=line.pk).first()
    if found is None:
        raise NotFound()
    if to is None or row.lines.filter(principal=to).exists():
        found.delete()
    else:
        found.principal_id = to
        found.save(update_fields=["principal"])
    row.version += 1
    row.save(update_fields=["version"])
    _tell(row, "изменён", by)


def _locked(pk: int, version: int | None) -> ApprovalList:
    row = ApprovalList.objects.select_for_update().filter(pk=pk, archived_at__isnull=True).first()
    if row is None:
        raise NotFound()
    if version is not None and row.version != version:
        raise RouteHasChanged()
    return row


def _fill(row: ApprovalList, people: Iterable[int]) -> None:
    once = list(dict.fromkeys(people))
    if not once:
        raise EmptyList()
    ApprovalLine.objects.bulk_create(
        ApprovalLine(list=row, principal_id=who, place=place) for place, who in enumerate(once)
    )


def _save(row: ApprovalList) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as twin:
        raise TitleTaken() from twin


def _tell(row: ApprovalList, deed: str, by: Actor) -> None:
    emit(RouteSetUp(None, row.kind, (Change("list", None, row.title), Change("deed", None, deed))), by=by)
