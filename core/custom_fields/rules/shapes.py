"""What a field of each type is set up with, and which changes of it keep every value. No database."""

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import Invalid
from core.formulas.values import Kind
from core.texts import clean_line

from ..models import Field

Type = Field.Type
Settings = dict[str, Any]

# How fields, and the card's type, are called in filters and in the history.
PREFIX, CARD_TYPE = "fields.", "card_type"
MOST_FIELDS, MOST_TYPES, MOST_OPTIONS = 200, 50, 200
MOST_PRECISION = 6
MONEY_PLACES = 2
CURRENCIES = {"RUB": "₽", "USD": "$", "EUR": "€", "CNY": "¥", "BYN": "Br", "KZT": "₸"}
# Colours of the interface's own palette, so that they suit both themes.
COLOURS = ("", "grey", "blue", "green", "amber", "red", "violet")
# No two underscores together: they begin a comparison in filters.
CODE = re.compile(r"[a-z](?:_?[a-z0-9]){0,39}")

# What formulas take each type for; of a formula it depends on its text.
FORMULA_KINDS = {
    Type.TEXT: Kind.TEXT,
    Type.NUMBER: Kind.NUMBER,
    Type.MONEY: Kind.NUMBER,
    Type.DATE: Kind.DAY,
    Type.FLAG: Kind.FLAG,
    Type.LIST: Kind.TEXT,
}
# By these a list can be put in order: one key a card.
SORTABLE = frozenset({Type.TEXT, Type.NUMBER, Type.MONEY, Type.DATE, Type.FLAG, Type.FORMULA})
_KEPT: dict[str, tuple[str, ...]] = {
    Type.TEXT: ("multiline",),
    Type.NUMBER: ("unit", "precision"),
    Type.MONEY: ("currency",),
    Type.LIST: ("options", "many"),
    Type.CARD: ("kinds",),
    Type.FORMULA: ("formula", "unit", "precision", "currency"),
}
_USUAL: Settings = {
    "multiline": False, "unit": "", "precision": 2, "currency": "RUB", "options": [], "many": False, "kinds": [],
    "formula": "",
}  # fmt: skip


def read_code(code: str) -> str:
    """A code as it may stand in the API; one is made of an empty text. Invalid on `code`."""
    if not code:
        return f"f_{secrets.token_hex(4)}"
    if not CODE.fullmatch(code):
        raise Invalid({"code": "Латинские буквы, цифры и подчёркивание, начиная с буквы: total_sum"})
    return code


def read_title(title: str) -> str:
    """One line that a formula can name. Invalid on `title`."""
    line = clean_line(title)
    if not 1 <= len(line) <= 100:
        raise Invalid({"title": "От 1 до 100 знаков"})
    if "[" in line or "]" in line:
        raise Invalid({"title": "Без квадратных скобок: ими поле называют в формулах"})
    return line


def read_settings(of_type: str, given: Mapping[str, Any], former: Settings) -> Settings:
    """Settings of a field as they are kept: those of its type, given or as before. Invalid on `settings.<name>`."""
    found: Settings = {}
    for name in _KEPT.get(of_type, ()):
        usual = "" if of_type == Type.FORMULA and name == "currency" else _USUAL[name]
        found[name] = given.get(name, former.get(name, usual))
    if "options" in found:
        found["options"] = read_options(given.get("options", former.get("options", [])), former.get("options", []))
    if found.get("currency") and found["currency"] not in CURRENCIES:
        raise Invalid({"settings.currency": f"Ожидается одно из: {', '.join(CURRENCIES)}"})
    if of_type == Type.CARD and not found["kinds"]:
        raise Invalid({"settings.kinds": "Выберите, какие карточки можно указать"})
    return found


def read_options(given: Sequence[Mapping[str, Any]], former: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Options of a list: {code, title, color, is_archived}. One that is left out stays as archived: cards hold it."""
    known = {option["code"]: option for option in former}
    found: list[dict[str, Any]] = []
    titles: set[str] = set()
    for number, option in enumerate(given):
        title, code = clean_line(option["title"]), option.get("code") or f"o_{secrets.token_hex(3)}"
        if not title:
            raise Invalid({f"settings.options.{number}.title": "Назовите вариант"})
        if title.casefold() in titles:
            raise Invalid({f"settings.options.{number}.title": "Такой вариант уже есть"})
        if option.get("code") and code not in known:
            raise Invalid({f"settings.options.{number}.code": "Такого варианта нет"})
        titles.add(title.casefold())
        color, is_archived = option.get("color", ""), bool(option.get("is_archived", False))
        found.append({"code": code, "title": title, "color": color, "is_archived": is_archived})
    codes = {option["code"] for option in found}
    if len(codes) < len(found):
        raise Invalid({"settings.options": "Вариант назван дважды. Обновите страницу"})
    found += [{**option, "is_archived": True} for code, option in known.items() if code not in codes]
    if len(found) > MOST_OPTIONS:
        raise Invalid({"settings.options": f"Не больше {MOST_OPTIONS} вариантов. Для большего нужен справочник"})
    if not any(not option["is_archived"] for option in found):
        raise Invalid({"settings.options": "Добавьте хотя бы один вариант"})
    return found


def keeps_values(before: Field, of_type: str, settings: Settings) -> bool:
    """Whether every value that can stand in a field is a value of the same meaning after the change."""
    held = before.settings
    if before.type != of_type:
        amount = {Type.NUMBER, Type.MONEY}
        if {before.type, of_type} != amount:
            return False
        return _places(before.type, held) <= _places(of_type, settings)
    if of_type == Type.LIST:
        return settings["many"] or not held["many"]
    if of_type == Type.NUMBER:
        return settings["precision"] >= held["precision"]
    if of_type == Type.TEXT:
        return settings["multiline"] or not held["multiline"]
    if of_type == Type.CARD:
        return set(settings["kinds"]) >= set(held["kinds"])
    return True


def _places(of_type: str, settings: Settings) -> int:
    return MONEY_PLACES if of_type == Type.MONEY else settings["precision"]
