"""The licence of this installation as it lies on the disk now: read anew when the file has changed."""

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from core.entitlements.allowance import Allowance

from .rules import Licence, LicenceWrong, allowance_on, read

log = logging.getLogger(__name__)


def licence_now() -> Licence | None:
    """The licence that lies there; None when none does. LicenceWrong."""
    path = Path(settings.LICENCE_FILE)
    if not settings.LICENCE_FILE or not path.is_file():
        return None
    return _read(str(path), path.stat().st_mtime_ns, settings.LICENCE_PUBLIC_KEY)


def allowance_now() -> Allowance:
    """What the only company may do today; a licence that is wrong is as none."""
    try:
        licence = licence_now()
    except LicenceWrong as wrong:
        log.error("%s", wrong)
        licence = None
    return allowance_on(licence, timezone.localdate())


@lru_cache(maxsize=4)
def _read(path: str, changed_at: int, public_key: str) -> Licence:
    return read(Path(path).read_text(encoding="utf-8", errors="replace"), public_key)
