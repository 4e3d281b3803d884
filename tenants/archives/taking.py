"""The archive that an owner has asked for at the screen: written by a job, put into the store, handed over."""

import hashlib
import tempfile
import time
from pathlib import Path

from core.access.actions import must_be_owner
from core.access.loading import actor_of_principal
from core.context import Company, company_scope, current_schema
from core.errors import Refused
from core.failpoints import Failpoint
from core.storage import CompanyStore
from core.takeout.actions import CONTENT_TYPE, Written, fail_takeout, finish_takeout
from core.takeout.models import Takeout
from core.takeout.queries import note_step

from .rules import EXPORT, Manifest
from .writing import write_archive

STORED = Failpoint("takeout.stored")
_SAY_EVERY = 0.5
_BLOCK = 1024 * 1024


def write_takeout(company: Company, takeout_id: int) -> None:
    """Write all of the company to a file and hand it over; whoever asked must still be an owner.

    Killed anywhere, it is written anew under the same key.
    """
    with company_scope(company):
        takeout = Takeout.objects.select_related("author").filter(pk=takeout_id, state=Takeout.State.WAITING).first()
        if takeout is None:
            return
        actor = actor_of_principal(takeout.author, door="job")
        try:
            must_be_owner(actor)
        except Refused as refusal:
            fail_takeout(takeout_id, refusal.detail)
            return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "company.zip"
        with path.open("wb") as target:
            told = write_archive(
                company, EXPORT, target, reader=takeout.author_id, heard=_Steps(company, takeout_id).heard
            )
        written = _weighed(path, told)
        with path.open("rb") as source:
            CompanyStore(company.schema).put_file(takeout.storage_key, source, content_type=CONTENT_TYPE)
    STORED.reach()
    with company_scope(company):
        finish_takeout(takeout_id, written, by=actor)


class _Steps:
    """How far it is, said now and then; the scope may be open or not."""

    def __init__(self, company: Company, takeout_id: int) -> None:
        self._company, self._takeout, self._said = company, takeout_id, 0.0

    def heard(self, part: str, done: int, whole: int) -> None:
        if time.monotonic() - self._said < _SAY_EVERY:
            return
        self._said = time.monotonic()
        if current_schema() is not None:
            note_step(self._takeout, part, done, whole)
            return
        with company_scope(self._company):
            note_step(self._takeout, part, done, whole)


def _weighed(path: Path, told: Manifest) -> Written:
    checksum = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            checksum.update(block)
    rows = sum(table.rows for table in told.tables.values())
    return Written(rows, len(told.files), len(told.missing), path.stat().st_size, checksum.hexdigest())
