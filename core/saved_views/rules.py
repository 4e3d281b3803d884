"""What a view may hold. No database."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import Invalid
from core.texts import clean_line

MOST_VIEWS, LONGEST_TITLE = 50, 80
MOST_PARAMS, LONGEST_NAME, LONGEST_TEXT = 30, 80, 500
MOST_COLUMNS, LONGEST_CODE = 60, 60
NARROWEST, WIDEST = 40, 1200
MOST_SHARED_WITH = 50
# Words by which a list is narrowed by groups: `in_view=5,7` is in any of them, `not_in_view=5,7` in none.
IN, NOT_IN = "in_view", "not_in_view"
# A view builds on a group, that on another: so many steps, so many groups at one word, so many in all.
DEEPEST, MOST_NAMED, MOST_WALKED = 5, 20, 60
# Groups that a card tells of, and views beside whose names one person sees a figure.
MOST_ON_CARD, MOST_COUNTED = 20, 10
COUNTED_UP_TO = 1_000
# What every list's address may say besides its conditions.
SHOWN_BY = frozenset({"tab", "search", "group", "display"})
ORDER = frozenset({"order", "ordering"})
_CODE = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)?")


def read_title(title: str) -> str:
    line = clean_line(title)
    if not 1 <= len(line) <= LONGEST_TITLE:
        raise Invalid({"title": f"Название вида — от 1 до {LONGEST_TITLE} знаков"})
    return line


def read_params(params: Mapping[str, str]) -> dict[str, str]:
    """The words of an address, bounded; empty ones say nothing and are left out. Invalid on `params`."""
    found = {name: clean_line(text) for name, text in params.items()}
    kept = {name: text for name, text in found.items() if text}
    if len(kept) > MOST_PARAMS:
        raise Invalid({"params": f"В виде может быть не больше {MOST_PARAMS} условий"})
    if any(len(name) > LONGEST_NAME or len(text) > LONGEST_TEXT for name, text in kept.items()):
        raise Invalid({"params": "Слишком длинное условие. Сократите его и сохраните снова"})
    return kept


def read_columns(columns: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Columns in their order, each once: {code, width}. Invalid on `columns`."""
    codes = [column["code"] for column in columns]
    if len(set(codes)) < len(codes):
        raise Invalid({"columns": "Один столбец указан дважды"})
    if len(codes) > MOST_COLUMNS:
        raise Invalid({"columns": f"В списке может быть не больше {MOST_COLUMNS} столбцов"})
    if any(len(code) > LONGEST_CODE or not _CODE.fullmatch(code) for code in codes):
        raise Invalid({"columns": "Такого столбца нет"})
    return [{"code": column["code"], "width": column.get("width")} for column in columns]


def is_code(text: str) -> bool:
    """Whether a word of the screen is one: a tab, a grouping, a display."""
    return len(text) <= LONGEST_CODE and _CODE.fullmatch(text) is not None


def bases_in(params: Mapping[str, str]) -> list[int]:
    """Ids of the groups that the words of a view name, each once; words that have been read already."""
    named = [int(part) for name in (IN, NOT_IN) for part in params.get(name, "").split(",") if part]
    return list(dict.fromkeys(named))
