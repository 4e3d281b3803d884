"""How cards of a kind stand in a sheet: columns that are written from cards, and read to make new ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

MIDNIGHT = time()


class Cell(StrEnum):
    """What stands in the cells of a column, and what is made of them.

    LINE, TEXT → str; NUMBER → Decimal; DAY → date; MOMENT → datetime with its zone; FLAG → bool; CHOICE → a value of
    `choices`, a list of them with `many`; PERSON → a principal's id, a list with `many`; WORDS → a list of str.
    """

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"
    CHOICE = "choice"
    PERSON = "person"
    WORDS = "words"


# What a number is that stands in a file: cards are numbered by the company alone.
OWN_NUMBER = "Номер нужен, чтобы узнать карточку, которая уже есть. Новая получит свой"


@dataclass(frozen=True)
class Column:
    """One column. `title` is its header, `aliases` are headers that other programs give it.

    `source` is the way to its value from the card's row (`department__title`), `part` the part of the people that
    stand in it; columns of mechanisms have neither. `show` turns what stands there into what the cell tells.
    `is_read` columns make new cards; those of `sought` alone are compared with cards that stand (`Sheet.twins`);
    `is_written` ones stand in files. `required_at` are statuses in which a card may not be made without a value.
    `choices()` are (value, title) pairs, a value's first title is the one that is written; it is called in the
    company's scope. `check` may turn a value that was read into another, or raise ValueError or a refusal whose words
    stand at the cell. `looks` tells by what stands in a column without a known header that it is this one.
    `unread` says to whoever brings a file why the column is not read from it. `day_time` is the time of a moment that
    is written as a day. A file with an `is_recorded` column, or of a sheet that
    is so itself, stands in the log of reads.
    """

    code: str
    title: str
    cell: Cell
    source: str = ""
    part: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = False
    required_at: tuple[str, ...] = ()
    longest: int = 500
    places: int = 2
    many: bool = False
    is_written: bool = True
    is_read: bool = True
    sought: bool = False
    unread: str = ""
    choices: Callable[[], Sequence[tuple[Any, str]]] | None = None
    show: Callable[[Any], Any] | None = None
    check: Callable[[Any], Any] | None = None
    looks: Callable[[str], bool] | None = None
    day_time: time = MIDNIGHT
    is_recorded: bool = False
    example: str = ""

    @property
    def is_mapped(self) -> bool:
        """Whether a column of a file may be this one."""
        return self.is_read or self.sought


@dataclass(frozen=True)
class Sheet:
    """The sheet of a kind; `title` names its cards together («Задачи»).

    `rows(actor, kind, params)` are the rows of its list, before its grammar narrows them. Without `make` cards of the
    kind are not imported: `make(values, by)` turns read rows into cards for `core.entities.bulk`, `numbers` gives their
    numbers, `create` is the right to make them. `twins` are codes of the columns by which a card that stands already is
    known, `sure_twins` those by which it surely is: the first that a file has is compared unless the person says
    otherwise. `owned` names the foreign key to rows that are made with each card and are its alone. `status` is what
    a new card has without a column of that code; `refusals(values)` are {code: sentence} of values that do not fit
    together.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Any, Any, Mapping[str, str]], Any]
    create: Any = None
    make: Callable[[Sequence[dict[str, Any]], Any], list[Any]] | None = None
    numbers: Callable[[list[int]], list[str]] | None = None
    twins: tuple[str, ...] = ()
    sure_twins: tuple[str, ...] = ()
    owned: str = ""
    status: str = ""
    refusals: Callable[[dict[str, Any]], dict[str, str]] | None = None
    is_recorded: bool = False


@dataclass(frozen=True)
class SheetPart:
    """What a mechanism adds to the sheets of its kinds.

    `columns(actor, kind)` as this actor may see and write them; `show(actor, kind, card ids)` are their values {card
    id: {code: value}}, as cells are read. `write(actor, kind, ids, values)` writes them for cards just made and returns
    what `forget(that)` needs to take away what came with them and is nobody's now, as the tables' owner.
    """

    columns: Callable[[Any, Any], Sequence[Column]]
    show: Callable[[Any, Any, Sequence[int]], dict[int, dict[str, Any]]]
    write: Callable[[Any, Any, Sequence[int], Sequence[dict[str, Any]]], Any]
    forget: Callable[[Any], None] | None = None
