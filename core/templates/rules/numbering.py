"""Numbers of lists as Word counts them: «1.», «1.2.», «а)», bullets."""

from collections import defaultdict
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_BULLET = "•"


class Numbering:
    """Counts through one document; `root` is its part of lists."""

    def __init__(self, root: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._properties: dict[tuple[str, int], Any] = {}
        abstract, properties = {}, {}
        for one in root.iterfind(f"{_W}abstractNum") if root is not None else ():
            levels = list(one.iterfind(f"{_W}lvl"))
            abstract[one.get(f"{_W}abstractNumId")] = dict(map(_level, levels))
            properties[one.get(f"{_W}abstractNumId")] = {_level(level)[0]: level.find(f"{_W}pPr") for level in levels}
        for one in root.iterfind(f"{_W}num") if root is not None else ():
            tie = one.find(f"{_W}abstractNumId")
            named = None if tie is None else tie.get(f"{_W}val")
            self._levels[one.get(f"{_W}numId")] = abstract.get(named, {})
            for level, told in properties.get(named, {}).items():
                self._properties[one.get(f"{_W}numId"), level] = told

    def properties_of(self, place: tuple[str, int] | None) -> Any:
        """What a level says of its paragraphs: how far they are set in."""
        return self._properties.get(place) if place else None

    def mark_of(self, place: tuple[str, int] | None) -> str | None:
        """The mark of the next paragraph of a list; None for one that stands in none."""
        levels = self._levels.get(place[0]) if place else None
        if place is None or not levels or place[1] not in levels:
            return None
        number, level = place
        form, text, start = levels[level]
        counts = self._counts[number]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if form == "bullet":
            return _BULLET
        if form == "none":
            return None
        for other in range(level + 1):
            shown = counts.get(other, levels.get(other, ("", "", 1))[2])
            text = text.replace(f"%{other + 1}", _written(shown, levels.get(other, ("decimal", "", 1))[0]))
        return text


def _level(one: Any) -> tuple[int, tuple[str, str, int]]:
    def told(name: str, other: str) -> str:
        found = one.find(f"{_W}{name}")
        return other if found is None else found.get(f"{_W}val", other)

    start = told("start", "1")
    level = one.get(f"{_W}ilvl", "0")
    return int(level) if level.isdigit() else 0, (
        told("numFmt", "decimal"), told("lvlText", "")[:40], int(start) if start.isdigit() else 1,
    )  # fmt: skip


def _written(number: int, form: str) -> str:
    if form in ("russianLower", "russianUpper"):
        return _letter(number, _RUSSIAN, form.endswith("Upper"))
    if form in ("lowerLetter", "upperLetter"):
        return _letter(number, _LATIN, form.startswith("upper"))
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number).lower() if form == "lowerRoman" else _roman(number)
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _letter(number: int, letters: str, upper: bool) -> str:
    found = letters[(number - 1) % len(letters)] * min((number - 1) // len(letters) + 1, 5)
    return found.upper() if upper else found


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    found = ""
    for value, sign in _ROMAN:
        while number >= value:
            found, number = found + sign, number - value
    return found
