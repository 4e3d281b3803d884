"""What has changed between two contents of a card, in words for people."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.context import current_company
from core.custom_fields import referring
from core.custom_fields.mixin import Customizable
from core.custom_fields.models import Field
from core.custom_fields.queries import fields_of, types_of
from core.custom_fields.rules import contents
from core.entities.kinds import EntityKind
from core.texts import clean_line

from .contents import FIELDS, FILES, TYPE, difference, routes_of

_LONGEST = 500
_DAY, _MOMENT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?\+\d\d:\d\d")
_TITLES = {FILES: "Файлы", TYPE: "Тип"}
_OTHER_VERSION = " (другая версия)"


@dataclass(frozen=True)
class Difference:
    """One field; `old` and `new` are None where nothing stood."""

    field: str
    title: str
    old: str | None
    new: str | None

    def told(self) -> dict[str, Any]:
        return {"title": self.title, "old": self.old, "new": self.new}


def differences(
    kind: EntityKind, before: Mapping[str, Any], now: Mapping[str, Any], *, hidden: Collection[str] = ()
) -> list[Difference]:
    """What differs, but for names that are `hidden` from whoever reads it."""
    changed = [name for name in difference(before, now) if name not in hidden]
    if not changed:
        return []
    fields = (
        {f"{FIELDS}{one.code}": one for one in fields_of(kind.code)} if issubclass(kind.model, Customizable) else {}
    )
    return [_one(name, before.get(name), now.get(name), kind, fields) for name in changed]


def _one(name: str, old: Any, new: Any, kind: EntityKind, fields: Mapping[str, Field]) -> Difference:
    field = fields.get(name)
    title = field.title if field else kind.history.get(name) or _TITLES.get(name, name)
    if name == FILES:
        return Difference(name, title, *_files(old or [], new or []))
    words = _words(name, kind, field)
    return Difference(name, title, _told(old, words), _told(new, words))


def _words(name: str, kind: EntityKind, field: Field | None) -> Callable[[Any], Any]:
    """How values of this name are said."""
    if field is not None:
        if field.is_reference:
            return lambda target: referring.told(field, target, kind)
        return lambda kept: contents.told(field, kept)
    if name == TYPE:
        titles = {one.code: one.title for one in types_of(kind.code)}
        return lambda code: titles.get(code, kind.title)
    return routes_of(kind).words.get(name, _plainly)


def _plainly(value: Any) -> str:
    """A value of a content in its own words; days and moments, which JSON keeps as texts, as people write them."""
    text = str(value)
    if _DAY.fullmatch(text):
        return date.fromisoformat(text).strftime("%d.%m.%Y")
    if _MOMENT.fullmatch(text):
        zone = ZoneInfo(current_company().time_zone)
        return datetime.fromisoformat(text).astimezone(zone).strftime("%d.%m.%Y %H:%M")
    return text


def _told(value: Any, words: Callable[[Any], Any]) -> str | None:
    if value is None or value == "":
        return None
    return clean_line(str(words(value) or ""))[:_LONGEST] or None


def _files(old: list[list[str]], new: list[list[str]]) -> tuple[str | None, str | None]:
    """Names of those that are not in both; one whose bytes are others is named on both sides."""
    gone = [one for one in old if one not in new]
    came = [one for one in new if one not in old]
    was = {name for name, _ in gone}
    told = [name + _OTHER_VERSION * (name in was) for name, _ in came]
    return ", ".join(name for name, _ in gone)[:_LONGEST] or None, ", ".join(told)[:_LONGEST] or None
