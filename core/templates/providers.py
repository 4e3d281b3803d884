"""Services that know cases better than our dictionaries: an interface, and Morpher behind it.

A phrase is asked for once: what was answered stays in the company's words (models.Wording). No answer is no fault: our
dictionaries decline it then. Source: the service's own client (INTEGRATIONS 5.1); 402, 403, 498 are unverified.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

import httpx

from core.egress import EgressRefused, call
from core.language.cases import Case

log = logging.getLogger(__name__)
MOST_PHRASES, _SECONDS = 20, 3.0
_LETTERS = {
    "Р": Case.GENITIVE, "Д": Case.DATIVE, "В": Case.ACCUSATIVE, "Т": Case.INSTRUMENTAL, "П": Case.PREPOSITIONAL,
}  # fmt: skip
# HTTP 496: there is no Russian word in the phrase; it stays as it is written.
_NO_RUSSIAN = 496
_TROUBLES = {
    402: "Морфер: дневной лимит исчерпан. Падежи подбирает встроенный словарь",
    403: "Морфер закрыл доступ с адреса этого сервера. Напишите в его поддержку",
    497: "Морфер не принимает ключ. Проверьте его в настройках",
    498: "Морфер не знает такого ключа. Проверьте его в настройках",
}
_SILENT = "Морфер не ответил. Падежи подбирает встроенный словарь"


class NotAnswered(Exception):
    """The service has not said anything of use; the text is a sentence for the settings."""


class Provider(Protocol):
    """Whoever can be asked for cases."""

    def forms(self, phrase: str) -> dict[str, str]:
        """{case: form} of a phrase; empty when it has none. NotAnswered."""


@dataclass(frozen=True)
class Morpher:
    address: str
    token: str

    def forms(self, phrase: str) -> dict[str, str]:
        query = urlencode({"s": phrase, "token": self.token, "format": "json"})
        try:
            answer = call("GET", f"{self.address}/russian/declension?{query}", seconds=_SECONDS)
        except (EgressRefused, httpx.HTTPError) as silent:
            raise NotAnswered(_SILENT) from silent
        if answer.status == _NO_RUSSIAN:
            return {}
        if answer.status != 200:
            raise NotAnswered(_TROUBLES.get(answer.status, _SILENT))
        try:
            told = json.loads(answer.text)
        except ValueError as broken:
            raise NotAnswered(_SILENT) from broken
        if not isinstance(told, dict):
            raise NotAnswered(_SILENT)
        return {case.value: told[letter] for letter, case in _LETTERS.items() if isinstance(told.get(letter), str)}


def asked(provider: Provider, phrases: Iterable[str]) -> tuple[dict[str, dict[str, str]], str]:
    """({phrase: {case: form}}, what went wrong); the first trouble ends the asking. Outside of any scope."""
    found: dict[str, dict[str, str]] = {}
    for phrase in list(phrases)[:MOST_PHRASES]:
        try:
            found[phrase] = provider.forms(phrase)
        except NotAnswered as trouble:
            log.info("morpher: %s", trouble)
            return found, str(trouble)
    return found, ""
