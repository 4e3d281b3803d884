"""The licence of this installation as it stands now: what was put in the settings, and the file on the disk."""

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from core.entitlements.allowance import Allowance

from .rules import Licence, LicenceWrong, allowance_on, best_of, must_be_here, read

log = logging.getLogger(__name__)


def licence_now(put: str) -> Licence | None:
    """The licence that counts today; None when there is none. LicenceWrong when there are only such as do not hold.

    `put` is what somebody has put in the settings: it stands in the company's row, so that every machine knows it.
    """
    found: list[Licence] = []
    wrong: LicenceWrong | None = None
    for text in (put, _in_file()):
        if not text:
            continue
        try:
            found.append(checked(text))
        except LicenceWrong as refused:
            wrong = wrong or refused
    if wrong is not None and not found:
        raise wrong
    return best_of(found, timezone.localdate())


def checked(text: str) -> Licence:
    """A licence that we have signed, for this installation. LicenceWrong."""
    return must_be_here(_read(text, settings.LICENCE_PUBLIC_KEY), settings.COMPANY_HOST)


def allowance_now(put: str) -> Allowance:
    """What the only company may do today; a licence that is wrong is as none."""
    try:
        licence = licence_now(put)
    except LicenceWrong as wrong:
        log.error("%s", wrong)
        licence = None
    return allowance_on(licence, timezone.localdate())


def _in_file() -> str:
    path = Path(settings.LICENCE_FILE)
    if not settings.LICENCE_FILE or not path.is_file():
        return ""
    return _text(str(path), path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _text(path: str, changed_at: int) -> str:
    return Path(path).read_text(encoding="utf-8", errors="replace")


@lru_cache(maxsize=8)
def _read(text: str, public_key: str) -> Licence:
    return read(text, public_key)
