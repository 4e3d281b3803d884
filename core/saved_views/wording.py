"""What of a view somebody understands: the words of its address that the list's grammar has for him.

A view may be written by one who sees more than its reader. What the reader's list does not know (a field that is hidden
from him, one that is gone) is left out, its value with it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.errors import Invalid
from core.rest.cards import grammar_for
from core.rest.cells import known_columns
from core.rest.filters import SHAPE, Grammar

from .groups import Groups, with_bases
from .models import SavedView
from .rules import ORDER, SHOWN_BY, bases_in, is_code, read_params


def checked(actor: Actor, kind: EntityKind, params: Mapping[str, str]) -> dict[str, str]:
    """The words as they are kept. Invalid on `params` names one that the list does not know.

    Whether the groups that they name may be built on is the verb's question.
    """
    given = read_params(params)
    grammar = grammar_for(actor, kind, _asked([given]))
    for name, text in given.items():
        try:
            _read(grammar, kind, name, text)
        except ValueError as wrong:
            raise Invalid({"params": f"{name}: {wrong}"}) from wrong
    return given


def narrows(kind: EntityKind, params: Mapping[str, str]) -> bool:
    """Whether words that have been checked leave a part of the cards: one that their author has named."""
    said = {name: text for name, text in params.items() if name not in SHAPE}
    try:
        meant = kind.viewset.meant(said)
    except ValueError as wrong:
        raise Invalid({"params": str(wrong)}) from wrong
    return meant != kind.viewset.meant({}) and any((name, text) != ("tab", "all") for name, text in meant.items())


class Wording:
    """What one reader understands of several views of a kind; the kind's mechanisms are asked once for all of them."""

    def __init__(self, actor: Actor, kind: EntityKind, views: Iterable[SavedView], columns: Iterable[Any] = ()) -> None:
        rows = list(views)
        shown = [column["code"] for row in rows for column in row.columns] + [column["code"] for column in columns]
        self._kind = kind
        known = with_bases(actor, kind, rows)
        self._grammar = grammar_for(actor, kind, _asked(view.params for view in known.values()))
        self._groups = Groups(actor, kind, known, grammar=self._grammar)
        self._seen = known_columns(actor, kind, {code for code in shown if _is_added(code)})

    def params(self, view: SavedView) -> dict[str, str]:
        """The words that the reader's list understands."""
        return {name: text for name, text in view.params.items() if self._knows(name, text)}

    def is_shut(self, view: SavedView) -> bool:
        """Whether a group holds nothing that the reader could be told: it asks what he may not see, or what is gone."""
        return view.is_group and self._groups.is_shut(view.pk)

    def columns(self, columns: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Columns without those of fields that the reader may not see."""
        return [one for one in columns if not _is_added(one["code"]) or one["code"] in self._seen]

    def _knows(self, name: str, text: str) -> bool:
        try:
            _read(self._grammar, self._kind, name, text)
        except ValueError:
            return False
        return not any(self._groups.is_shut(pk) for pk in bases_in({name: text}))


def _is_added(code: str) -> bool:
    # What a company adds to a kind is named with a dot: `fields.sum`.
    return "." in code


def _asked(views: Iterable[Mapping[str, str]]) -> set[str]:
    """Names that mechanisms are asked about: conditions, and fields of orders."""
    asked: set[str] = set()
    for params in views:
        asked |= {*params, *(params[name].lstrip("-") for name in ORDER if name in params)}
    return asked


def _read(grammar: Grammar, kind: EntityKind, name: str, text: str) -> None:
    """ValueError when the list does not understand the word."""
    own = kind.viewset.address.get(name)
    if own is not None:
        own(text)
    elif name in ORDER:
        if text.removeprefix("-") not in grammar.orderings:
            raise ValueError("По этому столбцу список не упорядочивается")
    elif name in SHOWN_BY:
        if name != "search" and not is_code(text):
            raise ValueError("Неизвестное значение")
    else:
        grammar.read(name, text)
