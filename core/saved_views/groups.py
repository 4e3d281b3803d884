"""Views as sets of cards («умные группы», docs/decisions/0022-groups.md).

What a group holds is kept nowhere: its words are turned into a condition for whoever looks, by the grammar that his own
list has, and joined to the query that asks. A word that he may not read shuts the whole group to him: without it the
group would be another one.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Exists, Func, Q, QuerySet

from core.access.actor import Actor
from core.access.queries import AskedOfEach, visible
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.errors import Invalid
from core.organization.models import Employee
from core.registry import registry
from core.rest.cards import grammar_for
from core.rest.filters import Filter, Grammar, number
from core.rest.queries import counted

from .errors import GroupShut
from .models import SavedView
from .queries import groups_named, groups_of
from .rules import COUNTED_UP_TO, IN, MOST_NAMED, MOST_ON_CARD, MOST_WALKED, NOT_IN, ORDER

_UNKNOWN = "Такой группы нет или она вам не видна. Уберите это условие"
_TANGLED = "Группы опираются друг на друга слишком много раз. Упростите условия"


class Holds(Func):
    """Whether a condition holds, never NULL: what is not known does not hold."""

    template = "(%(expressions)s) IS TRUE"
    output_field = BooleanField()
    of_nothing = "FALSE"

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **more: Any) -> Any:
        try:
            return super().as_sql(compiler, connection, *args, **more)
        except EmptyResultSet:
            # Django has seen that nothing fulfils the condition.
            return self.of_nothing, ()


class Lacks(Holds):
    """Whether a condition does not hold; what is not known does not hold, either."""

    template = "(%(expressions)s) IS NOT TRUE"
    of_nothing = "TRUE"


@dataclass(frozen=True)
class GroupFilter(Filter):
    """Cards that are in any of the groups named, or, when it does not `hold`, in none of them."""

    may_lack: ClassVar[bool] = False
    read: Callable[[str], Any] = number
    actor: Any = None
    kind: Any = None
    holds: bool = True
    groups: "Groups | None" = None
    # The list that names groups is itself the first step: all that it names are one question.
    depth: int = 1

    def among(self, values: list[Any]) -> Q:
        ids = _few(values)
        groups = self.groups or Groups.named(self.actor, self.kind, ids, each=self.each)
        found = reduce(or_, (groups.condition(pk, self.depth + 1) for pk in ids))
        return found if self.holds else Q(Lacks(found))


class Groups:
    """What views of a kind mean to one reader; the kind's mechanisms are asked once for all of them.

    `views` are those asked about with all that they build on, as far as he sees them, by id; `each` as for a filter.
    """

    def __init__(
        self,
        actor: Actor,
        kind: EntityKind,
        views: Mapping[int, SavedView],
        each: bool = False,
        grammar: Grammar | None = None,
    ) -> None:
        names = {name for view in views.values() for name in view.params} - ORDER
        known = grammar or grammar_for(actor, kind, names)
        self._actor, self._kind, self._views, self._each = actor, kind, views, each
        self._grammar = known.of_each() if each else known
        self._walked = 0

    @classmethod
    def named(cls, actor: Actor, kind: EntityKind, ids: Iterable[int], *, each: bool = False) -> "Groups":
        """Groups by their ids; one statement."""
        return cls(actor, kind, groups_named(actor, kind.code, ids), each=each)

    @classmethod
    def of(cls, actor: Actor, kind: EntityKind, views: Iterable[SavedView], *, each: bool = False) -> "Groups":
        """Views that have been read already; one statement if they build on others."""
        return cls(actor, kind, with_bases(actor, kind, views), each=each)

    def condition(self, view_id: int, depth: int = 1) -> Q:
        """What the view asks of a card that the reader sees. ValueError with a sentence where he may not use it."""
        view = self._walk(view_id, depth)
        try:
            words = self._kind.viewset.meant(view.params)
            tab = self._kind.viewset.behind(self._actor, self._kind, words.get("tab", ""), each=self._each)
            return tab & self._bound(depth).condition(words)
        except (ValueError, Invalid) as wrong:
            raise self._shut(view) from wrong

    def read(self, view_id: int, depth: int = 1) -> None:
        """The same looked through without being built: nothing is asked of the database. ValueError as above."""
        view = self._walk(view_id, depth)
        try:
            words = self._kind.viewset.meant(view.params)
            self._kind.viewset.behind(self._actor, self._kind, words.get("tab", ""), each=True)
            for name in words.keys() - {"tab", "search"}:
                known, _, values = self._grammar.read(name, words[name])
                if isinstance(known, GroupFilter):
                    for pk in _few(values):
                        self.read(pk, depth + 1)
        except (ValueError, Invalid) as wrong:
            raise self._shut(view) from wrong

    def is_shut(self, view_id: int) -> bool:
        """Whether the reader may not use the view as a group."""
        try:
            self.read(view_id)
        except ValueError:
            return True
        return False

    def open_together(self, views: Iterable[SavedView]) -> list[SavedView]:
        """Those of the views that are not shut, as far as one question has room for their steps."""
        found, left = list[SavedView](), MOST_WALKED
        for view in views:
            if not self.is_shut(view.pk) and self._walked <= left:
                found.append(view)
                left -= self._walked
        return found

    def rows(self, view_id: int, asked: type[Exists] = AskedOfEach) -> QuerySet[Any]:
        """The rows of the reader's list as a view that is not shut narrows it; `asked` as for `visible_rows`."""
        words = self._kind.viewset.meant(self._walk(view_id, 1).params)
        return self._bound(1).narrow(self._kind.viewset.rows_for(self._actor, self._kind, words, asked), words)

    def steps_below(self, view_id: int) -> int:
        """How many steps the longest chain has that a view builds on, as far as the reader sees it."""
        view = self._views.get(view_id)
        return 1 + max(map(self.steps_below, view.builds_on), default=0) if view else 0

    def __contains__(self, view_id: int) -> bool:
        return view_id in self._views

    def _walk(self, view_id: int, depth: int) -> SavedView:
        """Groups may build on one another in many ways; each question is worth so many steps of them."""
        self._walked = 1 if depth == 1 else self._walked + 1
        if self._walked > MOST_WALKED:
            raise ValueError(_TANGLED)
        view = self._views.get(view_id)
        if view is None:
            raise ValueError(_UNKNOWN)
        return view

    def _shut(self, view: SavedView) -> ValueError:
        if self._walked > MOST_WALKED:
            return ValueError(_TANGLED)
        return ValueError(
            f"Группа «{view.title}» отбирает по тому, что вам не видно или чего уже нет. Уберите это условие"
        )

    def _bound(self, depth: int) -> Grammar:
        """The grammar whose own groups are these ones: they have been read together."""
        within = {
            name: replace(known, groups=self, depth=depth)
            for name, known in self._grammar.filters.items()
            if isinstance(known, GroupFilter)
        }
        return replace(self._grammar, filters=self._grammar.filters | within)


def _few(ids: Iterable[int]) -> list[int]:
    found = list(dict.fromkeys(ids))
    if len(found) > MOST_NAMED:
        raise ValueError(f"Не больше {MOST_NAMED} групп в одном условии")
    return found


def filters_of(actor: Actor, kind: EntityKind, names: Collection[str]) -> dict[str, Filter]:
    """Those of the two filters by groups that the names ask for."""
    asked = {name.partition("__")[0] for name in names}
    known = {
        IN: GroupFilter("pk", actor=actor, kind=kind),
        NOT_IN: GroupFilter("pk", actor=actor, kind=kind, holds=False),
    }
    return {name: one for name, one in known.items() if name in asked}


def with_bases(actor: Actor, kind: EntityKind, views: Iterable[SavedView]) -> dict[int, SavedView]:
    """The same views with all that they build on, as far as the actor sees it; a statement where there is any."""
    found = {view.pk: view for view in views}
    bases = {pk for view in found.values() for pk in view.builds_on} - set(found)
    return groups_named(actor, kind.code, bases) | found if bases else found


def cards_in(view: SavedView, kind: EntityKind, *, by: Actor) -> QuerySet[Any]:
    """Cards of a kind that a view holds now and the actor sees: the door of modules that work with groups of cards.

    Rows of the kind's own model, in no order. Errors: GroupShut where he may not read all that the view asks.
    """
    try:
        condition = Groups.of(by, kind, [view]).condition(view.pk)
    except ValueError as wrong:
        raise GroupShut(str(wrong)) from wrong
    return visible(by, kind).filter(condition)


def people_in(ids: Collection[int], *, by: Actor, field: str = "groups") -> set[int]:
    """Principals of the employees whom the actor sees in any of these groups of them. Invalid on `field`."""
    if not ids:
        return set()
    kind = registry.kind_of(Employee.KIND)
    try:
        condition = filters_of(by, kind, [IN])[IN].among(list(ids))
    except ValueError as wrong:
        raise Invalid({field: str(wrong)}) from wrong
    return set(visible(by, kind).filter(condition).values_list("principal_id", flat=True))


def groups_with(card: Entity, kind: EntityKind, *, reader: Actor) -> list[SavedView]:
    """Groups that hold a card now, of those that the reader sees first (twenty, with sixty steps in all); one statement
    asks all of them."""
    views = groups_of(reader, kind.code, MOST_ON_CARD)
    groups = Groups.of(reader, kind, views, each=True)
    open_ones = groups.open_together(views)
    if not open_ones:
        return []
    asked = [Holds(groups.condition(view.pk)) for view in open_ones]
    for answers in kind.model._default_manager.filter(pk=card.pk).values_list(*asked):
        return [view for view, is_in in zip(open_ones, answers, strict=True) if is_in]
    # Somebody has deleted it for good meanwhile.
    return []


def counts_of(views: Iterable[SavedView], kind: EntityKind, *, reader: Actor) -> dict[int, int]:
    """How many cards each view has for the reader, up to 1,001, in one statement; without those shut to him."""
    rows = list(views)
    groups = Groups.of(reader, kind, rows)
    lists = {view.pk: groups.rows(view.pk, Exists) for view in rows if not groups.is_shut(view.pk)}
    return dict(zip(lists, counted(list(lists.values()), COUNTED_UP_TO + 1), strict=True))
