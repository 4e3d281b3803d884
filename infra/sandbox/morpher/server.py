"""Morpher's web service over our own dictionaries: `/morpher/russian/declension?s=&token=&format=json`.

It refuses as the real one does: 496 without a Russian word, 497 for a key that is none, 498 for one that nobody has
been given, 402 beyond the day's limit; 402, 403 and 498 are unverified. `KNOWN` is what it says otherwise than the
house does, so that a test can tell whose word was printed.
"""

import asyncio
import re
import time
from collections import Counter
from urllib.parse import parse_qs

from core.language.cases import Case, declined
from infra.sandbox.exchange import ClientGone, Request, Response, as_json, problem
from infra.sandbox.faults import Faults

PATH = "/morpher/russian/declension"
# The key of the account that stands here; `DAILY` questions a day, as on the free plan.
KEY, DAILY = "11111111-2222-3333-4444-555555555555", 1000
KNOWN = {"врио ковша": {"Р": "врио ковша (Морфер)", "Д": "врио ковша (Морфер)"}}
_KEY = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_RUSSIAN = re.compile(r"[а-яё]", re.I)
_LETTERS = {
    "Р": Case.GENITIVE, "Д": Case.DATIVE, "В": Case.ACCUSATIVE, "Т": Case.INSTRUMENTAL, "П": Case.PREPOSITIONAL,
}  # fmt: skip
_TROUBLES = {"fail": 500, "throttle": 402, "refuse": 403}
_DAY = 86_400


class MorpherServer:
    """Answers questions about phrases and counts them by the day."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._asked: Counter[int] = Counter()

    async def __call__(self, request: Request) -> Response:
        """One question. Raises ClientGone."""
        if request.path != PATH:
            return problem(404, "not-found", "Такой страницы у Морфера нет")
        trouble = await self._faults.strike("morpher")
        if trouble in ("cut", "lost"):
            raise ClientGone
        if trouble in _TROUBLES:
            return _refusal(_TROUBLES[trouble])
        # As forms write it: a plus is a space.
        told = parse_qs(request.raw_query)
        return await asyncio.to_thread(self._answer, told.get("s", [""])[0].strip(), told.get("token", [""])[0])

    def _answer(self, phrase: str, key: str) -> Response:
        today = int(time.time()) // _DAY
        if not _KEY.fullmatch(key):
            return _refusal(497)
        if key != KEY:
            return _refusal(498)
        if self._asked[today] >= DAILY:
            return _refusal(402)
        self._asked[today] += 1
        if not _RUSSIAN.search(phrase):
            return _refusal(496)
        forms = KNOWN.get(phrase.lower()) or {letter: declined(phrase, case) for letter, case in _LETTERS.items()}
        return as_json(dict(forms))


def _refusal(status: int) -> Response:
    return as_json({"code": status, "message": "Отказано"}, status=status)
