"""Phrases in cases: «главный бухгалтер» → «главного бухгалтера», without asking anybody.

What leads (adjectives, participles) and the head noun are declined, what follows stands: «начальник отдела закупок» →
«начальника отдела закупок». Words in quotation marks, in Latin letters and abbreviations stay as they are written.
A dictionary that errs is put right by whoever knows better: `known` are such forms, {case: {phrase: form}}.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

import pymorphy3

from .fullnames import declined_name, is_full_name


class Case(StrEnum):
    NOMINATIVE = "именительный"
    GENITIVE = "родительный"
    DATIVE = "дательный"
    ACCUSATIVE = "винительный"
    INSTRUMENTAL = "творительный"
    PREPOSITIONAL = "предложный"


Known = Mapping[str, Mapping[str, str]]
LONGEST_PHRASE = 300
_GRAMMEME = {
    Case.NOMINATIVE: "nomn", Case.GENITIVE: "gent", Case.DATIVE: "datv", Case.ACCUSATIVE: "accs",
    Case.INSTRUMENTAL: "ablt", Case.PREPOSITIONAL: "loct",
}  # fmt: skip
_LEADING = frozenset({"ADJF", "PRTF"})
_TOKEN = re.compile(r"«[^«»]*(?:«[^«»]*»[^«»]*)*»|\"[^\"]*\"|\S+|\s+")
_WORD = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.I)
# Behind these a person is named: the name goes into the same case.
_BEFORE_NAMES = frozenset({"ип", "предприниматель", "гражданин", "гражданка", "господин", "госпожа"})


@cache
def _morph() -> Any:
    """Measured: 0.1 s and 30 MB, once a process."""
    return pymorphy3.MorphAnalyzer(lang="ru")


def warm_up() -> None:
    """Read the dictionary now: a process that opens no files later can decline none the less."""
    _morph()


def key_of_phrase(text: str) -> str:
    """How phrases are told apart: whatever their case and spaces, ё as е."""
    return " ".join(text.lower().replace("ё", "е").split())


def declined(text: str, case: Case, known: Known | None = None) -> str:
    """A phrase, an organization or a person's full name in a case."""
    if case == Case.NOMINATIVE or not text.strip():
        return text
    corrected = (known or {}).get(case.value, {}).get(key_of_phrase(text))
    if corrected:
        return corrected
    if len(text) > LONGEST_PHRASE:
        return text
    if is_full_name(text):
        return declined_name(text, case.value)
    return _Phrase(text, case).written()


class _Phrase:
    """One phrase on its way into a case, token by token."""

    def __init__(self, text: str, case: Case) -> None:
        self._tokens: list[str] = _TOKEN.findall(text)
        self._case = case
        self._at = 0

    def written(self) -> str:
        head = self._head()
        if head is not None:
            self._through(head)
            self._joined(head)
        called = head.normal_form if head is not None else key_of_phrase(self._tokens[0])
        if called in _BEFORE_NAMES:
            self._name_behind()
        return "".join(self._tokens)

    def _places(self, start: int = 0) -> list[int]:
        return [place for place in range(start, len(self._tokens)) if not self._tokens[place].isspace()]

    def _head(self) -> Any | None:
        """The word that rules: the first noun that can stand in the nominative, or a participle that has none.

        Sets `_at` on its place. None where the phrase begins with what is not declined.
        """
        leading: Any | None = None
        for place in self._places():
            found = _nominative(self._tokens[place], leading)
            if found is None:
                break
            self._at = place
            if found.tag.POS == "NOUN":
                return found
            leading = found
        return leading

    def _through(self, head: Any) -> None:
        """Puts everything up to the head into the case, in agreement with it."""
        for place in self._places():
            if place > self._at:
                break
            self._tokens[place] = _inflected(self._tokens[place], self._case, head)

    def _joined(self, head: Any) -> None:
        """«директор и учредитель»: what is tied to the head by «и» right behind it is declined as well."""
        behind = self._places(self._at + 1)
        if len(behind) >= 2 and self._tokens[behind[0]] == "и" and head.tag.POS == "NOUN":
            twin = _nominative(self._tokens[behind[1]], None)
            if twin is not None and twin.tag.POS == "NOUN" and twin.tag.number == head.tag.number:
                self._tokens[behind[1]] = _inflected(self._tokens[behind[1]], self._case, twin)
                self._at = behind[1]

    def _name_behind(self) -> None:
        rest = "".join(self._tokens[self._at + 1 :])
        if is_full_name(rest.strip()):
            lead = rest[: len(rest) - len(rest.lstrip())]
            self._tokens[self._at + 1 :] = [lead + declined_name(rest.strip(), self._case.value)]


def _nominative(token: str, leading: Any | None) -> Any | None:
    """How a word is read as the beginning of a phrase in the nominative; None when it is not declined there."""
    word = _WORD.fullmatch(token.rstrip(",;:."))
    if word is None or (len(token) > 1 and token.isupper()) or token.endswith("."):
        return None
    read = [one for one in _morph().parse(word.group().rpartition("-")[2]) if _fits(one, leading)]
    # Plural only where nothing else is possible: «сутки», «данные».
    read.sort(key=lambda one: (one.tag.number != "sing", -one.score))
    return read[0] if read else None


def _fits(read: Any, leading: Any | None) -> bool:
    tag = read.tag
    if tag.case != "nomn" or tag.POS not in ("NOUN", *_LEADING):
        return False
    if leading is None:
        return True
    if leading.tag.number != tag.number:
        return False
    return tag.number == "plur" or leading.tag.gender in (None, tag.gender) or "ms-f" in tag


def _inflected(token: str, case: Case, head: Any) -> str:
    """A word of the phrase in the case and number of its head; both parts of «инженер-технолог»."""
    word = _WORD.search(token)
    if word is None:
        return token
    parts = word.group().split("-")
    # «бизнес-тренер», «вице-президент»: what stands first is declined only when it is a noun of its own.
    kept = [_part(part, case, head, is_last=place == len(parts) - 1) for place, part in enumerate(parts)]
    return token[: word.start()] + "-".join(kept) + token[word.end() :]


def _part(part: str, case: Case, head: Any, *, is_last: bool) -> str:
    number, gender = head.tag.number or "sing", head.tag.gender
    for read in _morph().parse(part):
        tag = read.tag
        if tag.case != "nomn" or tag.number != number:
            continue
        if tag.POS in _LEADING and not _agrees(tag, number, gender, head):
            continue
        if tag.POS not in ("NOUN", *_LEADING) or (not is_last and (tag.POS != "NOUN" or tag.animacy != "anim")):
            continue
        wanted = {_GRAMMEME[case], number}
        if tag.POS in _LEADING and case == Case.ACCUSATIVE and (number == "plur" or gender == "masc"):
            wanted.add(head.tag.animacy or "anim")
        found = read.inflect(wanted)
        if found is not None:
            return _as_written(part, found.word)
    return part


def _agrees(tag: Any, number: str, gender: str | None, head: Any) -> bool:
    return number == "plur" or gender in (None, tag.gender) or "ms-f" in head.tag


def _as_written(pattern: str, word: str) -> str:
    if pattern.isupper() and len(pattern) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if pattern[:1].isupper() else word
