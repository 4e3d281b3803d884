"""Verbs about routes themselves: drawn as drafts, published as versions, put away; runs keep theirs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.errors import NotFound
from core.events.bus import Change, emit
from core.texts import clean_line
from core.verb import verb

from ..contents import routes_of, types_of
from ..errors import NothingToPublish, RouteHasChanged, TitleTaken
from ..events import RoutePublished, RouteSetUp
from ..models import Route, RouteVersion
from ..permissions import MANAGE_ROUTES
from ..reading import checked, condition_holds, kept_scheme, scheme_of
from ..schemes import Scheme

_OWN = ("title", "card_type", "place", "condition", "by_hand")


@verb
def make_route(kind: EntityKind, *, given: Mapping[str, Any], by: Actor) -> Route:
    """Begin a route for a kind of card; it leads nowhere before a version of it is published.

    Errors: Forbidden, WrongScheme, TitleTaken.
    """
    by.must(MANAGE_ROUTES)
    last = Route.objects.filter(kind=kind.code).aggregate(last=Max("place"))["last"] or 0
    row = Route(kind=kind.code, place=last + 1)
    _apply(row, given, kind)
    _tell(row, "добавлен", by)
    return row


@verb
def change_route(row: Route, kind: EntityKind, *, version: int | None, given: Mapping[str, Any], by: Actor) -> Route:
    """Rename a route, or say otherwise when it is the one to take. Errors: Forbidden, RouteHasChanged, TitleTaken."""
    by.must(MANAGE_ROUTES)
    row = _locked(row.pk, version)
    row.version += 1
    _apply(row, given, kind)
    _tell(row, "изменён", by)
    return row


@verb
def archive_route(row: Route, *, by: Actor) -> None:
    """Send nothing along a route any more; what goes along it goes on. Errors: Forbidden, NotFound."""
    by.must(MANAGE_ROUTES)
    row = _locked(row.pk, None)
    row.archived_at = timezone.now()
    row.version += 1
    row.save(update_fields=["archived_at", "version"])
    _tell(row, "убран", by)


@verb
def save_draft(row: Route, kind: EntityKind, *, scheme: Scheme, version: int | None, by: Actor) -> Route:
    """Keep a scheme that people are drawing; one that no card could go along is refused.

    Errors: Forbidden, RouteHasChanged, WrongScheme.
    """
    by.must(MANAGE_ROUTES)
    row = _locked(row.pk, version)
    _check(scheme, kind)
    row.version += 1
    _draw(row, kept_scheme(scheme), by.principal_id, timezone.now())
    _tell(row, "черновик сохранён", by)
    return row


@verb
def publish_route(row: Route, kind: EntityKind, *, version: int | None, by: Actor) -> RouteVersion:
    """Let cards go along the draft from now on; those on their way keep the version that they began with.

    Errors: Forbidden, RouteHasChanged, NothingToPublish, WrongScheme.
    """
    by.must(MANAGE_ROUTES)
    row = _locked(row.pk, version)
    if row.draft is None or row.draft_by_id is None or row.draft_at is None:
        raise NothingToPublish()
    # Fields that a condition reads may have been renamed since it was drawn.
    _check(scheme_of(row.draft), kind)
    number = (row.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    made = RouteVersion.objects.create(
        route=row, number=number, scheme=row.draft, author_id=row.draft_by_id, created_at=row.draft_at,
        published_by_id=by.principal_id,
    )  # fmt: skip
    row.version += 1
    _draw(row, None, None, None)
    changes = (Change("route", None, row.title), Change("version", None, number))
    emit(RoutePublished(None, row.pk, number, changes), by=by)
    return made


def _draw(row: Route, draft: dict[str, Any] | None, author: int | None, at: datetime | None) -> None:
    row.draft, row.draft_by_id, row.draft_at = draft, author, at
    row.save(update_fields=["draft", "draft_by", "draft_at", "version"])


def _check(scheme: Scheme, kind: EntityKind) -> None:
    declared = routes_of(kind)
    checked(scheme, types=types_of(kind), people=declared.people, signals=declared.signals)


def _locked(pk: int, version: int | None) -> Route:
    row = Route.objects.select_for_update().filter(pk=pk, archived_at__isnull=True).first()
    if row is None:
        raise NotFound()
    if version is not None and row.version != version:
        raise RouteHasChanged()
    return row


def _apply(row: Route, given: Mapping[str, Any], kind: EntityKind) -> None:
    for name in _OWN:
        if name in given:
            setattr(row, name, given[name])
    row.title = clean_line(row.title)
    condition_holds(row.condition, types_of(kind))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as twin:
        raise TitleTaken() from twin


def _tell(row: Route, deed: str, by: Actor) -> None:
    emit(RouteSetUp(None, row.kind, (Change("route", None, row.title), Change("deed", None, deed))), by=by)
