"""Verbs about views: each keeps his own; sharing them and changing what others share is a right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from core.access.actor import Actor
from core.access.models import Role
from core.entities.kinds import EntityKind
from core.errors import Invalid, NotFound
from core.events.bus import emit
from core.identity.models import Principal
from core.organization.models import Department
from core.organization.people import people
from core.verb import verb

from .errors import (
    BuildsOnItself,
    BuildsOnOwn,
    GroupUnknown,
    MayNotShare,
    NobodyChosen,
    NoSuchView,
    NothingNarrows,
    NotYourView,
    OthersBuildOnIt,
    TooDeep,
    TooManyCounted,
    TooManyViews,
    ViewTitleTaken,
)
from .events import SharedViewChanged, SharedViewRemoved, ViewShared
from .groups import Groups
from .models import ListChoice, SavedView
from .permissions import SHARE_VIEWS
from .queries import built_on, hold_groups, seen_views, steps_above
from .rules import DEEPEST, MOST_COUNTED, MOST_VIEWS, bases_in, read_columns, read_title
from .wording import checked, narrows

Audience = SavedView.Audience
_SHARING = ("audience", "roles", "departments")


@verb
def make_view(kind: EntityKind, *, given: Mapping[str, Any], by: Actor) -> SavedView:
    """Keep a state of a kind's list under a name, behind the views that the person has.

    `given` holds title, params, columns, is_group and, where it is shared, audience, roles (codes) and departments
    (ids). Errors: Invalid on params, columns, roles or departments, ViewTitleTaken, TooManyViews, MayNotShare,
    NobodyChosen; of groups NothingNarrows, GroupUnknown, BuildsOnItself, TooDeep, BuildsOnOwn.
    """
    _hold(by)
    own = SavedView.objects.filter(owner=by.principal_id, kind=kind.code)
    if own.count() >= MOST_VIEWS:
        raise TooManyViews()
    view = SavedView(kind=kind.code, owner_id=by.principal_id)
    view.place = (own.aggregate(last=Max("place"))["last"] or 0) + 1
    _write(view, kind, given, by)
    with _unique():
        view.save()
    if view.audience != Audience.ME:
        emit(ViewShared(None, view.pk, view.title, view.kind, view.audience), by=by)
    return view


@verb
def change_view(view: SavedView, kind: EntityKind, *, given: Mapping[str, Any], by: Actor) -> SavedView:
    """Change what is given of a view, as in `make_view`. Errors: NotYourView, OthersBuildOnIt besides those."""
    view = _locked(view)
    _must_hold(view, by)
    before = _sharing(view)
    _write(view, kind, given, by)
    with _unique():
        view.save()
    if _sharing(view) != before:
        emit(ViewShared(None, view.pk, view.title, view.kind, view.audience), by=by)
    elif view.audience != Audience.ME:
        emit(SharedViewChanged(None, view.pk, view.title, view.kind), by=by)
    return view


@verb
def give_view(view: SavedView, *, to: int, by: Actor) -> SavedView:
    """Make another person (a principal) the owner of a shared view.

    Errors: NotYourView, TooManyViews, ViewTitleTaken.
    """
    view = _locked(view)
    _must_hold(view, by)
    own = SavedView.objects.filter(owner=to, kind=view.kind)
    if own.count() >= MOST_VIEWS:
        raise TooManyViews()
    view.owner_id, view.place = to, (own.aggregate(last=Max("place"))["last"] or 0) + 1
    with _unique():
        view.save()
    emit(SharedViewChanged(None, view.pk, view.title, view.kind), by=by)
    return view


@verb
def remove_view(view: SavedView, *, by: Actor) -> None:
    """Delete a view; for whom it was the first, the list opens as it does without one.

    Errors: NotYourView, OthersBuildOnIt.
    """
    view = _locked(view)
    _must_hold(view, by)
    if view.is_group:
        _must_bear_nothing(by, built_on(view.pk))
    if view.audience != Audience.ME:
        emit(SharedViewRemoved(None, view.pk, view.title, view.kind), by=by)
    view.delete()


@verb
def order_views(kind: EntityKind, *, ids: Sequence[int], by: Actor) -> None:
    """Put one's own views of a list in this order; those not named come behind. Errors: NoSuchView on `ids`."""
    _hold(by)
    own = {view.pk: view for view in SavedView.objects.filter(owner=by.principal_id, kind=kind.code).order_by("place")}
    if set(ids) - set(own):
        raise NoSuchView("ids")
    order = [*dict.fromkeys(ids), *(pk for pk in own if pk not in set(ids))]
    for place, pk in enumerate(order, start=1):
        own[pk].place = place
    SavedView.objects.bulk_update(own.values(), ["place"])


@verb
def arrange_list(kind: EntityKind, *, given: Mapping[str, Any], by: Actor) -> ListChoice:
    """Remember for the person alone how the list of a kind opens: `view` (an id or None), `columns` without a view, and
    `counted`, the views whose figures he wants to see.

    Errors: NoSuchView on `view` and `counted`, Invalid on `columns`, TooManyCounted.
    """
    _hold(by)
    choice, _ = ListChoice.objects.get_or_create(principal_id=by.principal_id, kind=kind.code)
    if "columns" in given:
        choice.columns = read_columns(given["columns"])
    if "view" in given:
        wanted = given["view"]
        if wanted is not None and not seen_views(by).filter(pk=wanted, kind=kind.code).exists():
            raise NoSuchView("view")
        choice.view_id = wanted
    if "counted" in given:
        choice.counted = _counted(kind, given["counted"], by)
    choice.save()
    return choice


def may_hold(view: SavedView, by: Actor) -> bool:
    """Whether the actor may change a view that he sees."""
    return view.owner_id == by.principal_id or (view.audience != Audience.ME and by.may(SHARE_VIEWS))


def _write(view: SavedView, kind: EntityKind, given: Mapping[str, Any], by: Actor) -> None:
    if "title" in given:
        view.title = read_title(given["title"])
    bore = view.is_group
    if "params" in given:
        view.params = checked(by, kind, given["params"])
        view.builds_on = bases_in(view.params)
    view.is_group = given.get("is_group", view.is_group)
    if view.is_group and not narrows(kind, view.params):
        raise NothingNarrows()
    if bore and not view.is_group:
        _must_bear_nothing(by, built_on(view.pk))
    if "columns" in given:
        view.columns = read_columns(given["columns"])
    before = _sharing(view)
    if "audience" in given:
        view.audience = given["audience"]
    if "roles" in given:
        view.roles = _roles(given["roles"])
    if "departments" in given:
        view.departments = _departments(given["departments"])
    if view.audience != Audience.SOME:
        view.roles, view.departments = [], []
    elif not view.roles and not view.departments:
        raise NobodyChosen()
    if _sharing(view) != before and not by.may(SHARE_VIEWS) and view.audience != Audience.ME:
        raise MayNotShare()
    if bore and before[0] != Audience.ME and view.audience == Audience.ME:
        # Only what its owner has built for himself can stand on what he alone sees.
        _must_bear_nothing(by, built_on(view.pk).exclude(owner=view.owner_id, audience=Audience.ME))
    if view.builds_on and ("params" in given or _sharing(view) != before):
        _must_stand(view, kind, by)


def _must_stand(view: SavedView, kind: EntityKind, by: Actor) -> None:
    """The groups that a view builds on are there for its reader, and the chain of them ends."""
    hold_groups()
    groups = Groups.named(by, kind, view.builds_on)
    for pk in view.builds_on:
        try:
            # All of them together, as they will be asked below the view.
            groups.read(pk, 2)
        except ValueError as wrong:
            raise GroupUnknown(str(wrong)) from wrong
    if view.pk in groups:
        raise BuildsOnItself()
    above = steps_above(view.pk) if view.pk else 0
    if above + max(map(groups.steps_below, view.builds_on)) > DEEPEST:
        raise TooDeep()
    own = SavedView.objects.filter(pk__in=view.builds_on, audience=Audience.ME).order_by("title")
    if view.audience != Audience.ME and (titles := list(own.values_list("title", flat=True))):
        raise BuildsOnOwn(titles)


def _must_bear_nothing(by: Actor, builders: QuerySet[SavedView]) -> None:
    """`builders` are those that what is going to happen would leave without their ground."""
    hold_groups()
    above = list(builders)
    if not above:
        return
    seen = set(seen_views(by).filter(pk__in=[one.pk for one in above]).values_list("pk", flat=True))
    keepers = people({one.owner_id for one in above if one.pk not in seen})
    titles = [one.title for one in above if one.pk in seen]
    raise OthersBuildOnIt(titles, sorted(person["name"] for person in keepers.values()))


def _counted(kind: EntityKind, ids: Iterable[int], by: Actor) -> list[int]:
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > MOST_COUNTED:
        raise TooManyCounted()
    if len(wanted) != seen_views(by).filter(pk__in=wanted, kind=kind.code).count():
        raise NoSuchView("counted")
    return wanted


def _sharing(view: SavedView) -> tuple[Any, ...]:
    return view.audience, sorted(view.roles), sorted(view.departments)


def _roles(codes: Iterable[str]) -> list[int]:
    wanted = set(codes)
    found = dict(Role.objects.filter(code__in=wanted).values_list("code", "pk"))
    if wanted - set(found):
        raise Invalid({"roles": "Такой роли уже нет. Обновите страницу"})
    return sorted(found.values())


def _departments(ids: Iterable[int]) -> list[int]:
    wanted = set(ids)
    found = set(Department.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - found:
        raise Invalid({"departments": "Такого отдела уже нет. Обновите страницу"})
    return sorted(found)


def _hold(by: Actor) -> None:
    """One change of a person's views at a time: places and their number are counted."""
    list(Principal.objects.select_for_update(no_key=True).filter(pk=by.principal_id).values_list("pk"))


def _locked(view: SavedView) -> SavedView:
    found = SavedView.objects.select_for_update().filter(pk=view.pk).first()
    if found is None:
        raise NotFound()
    return found


def _must_hold(view: SavedView, by: Actor) -> None:
    if not may_hold(view, by):
        raise NotYourView()


@contextmanager
def _unique() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if "saved_view_title_once" in str(clash):
            raise ViewTitleTaken() from clash
        raise
