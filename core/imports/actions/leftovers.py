"""Verbs about the file of bad rows: have it written, note that it is."""

from django.utils import timezone

from core.access.actor import Actor
from core.attachments.actions import discard
from core.context import current_company
from core.outbox.queries import promise
from core.storage import CompanyStore
from core.verb import verb

from ..errors import FileIsGone, ImportIsBusy, ImportIsElsewhere, NoBadRows
from ..models import Import
from ..queries import AT_WORK, State, kind_to_import
from .files import KEPT, locked

WRITE_BAD = "job:imports.bad"
BadFile = Import.BadFile
# What has been checked, and what was left out of what has been made.
_KNOWN = (State.CHECKED, State.DONE)


@verb
def begin_bad_file(found: Import, *, by: Actor) -> Import:
    """Have all rows that cannot be read written to a file, each with what is wrong. Asking again changes nothing.

    Errors: ImportIsBusy, ImportIsElsewhere, NoBadRows, FileIsGone.
    """
    found = locked(found.pk)
    kind_to_import(by, found.kind)
    if found.state in AT_WORK:
        raise ImportIsBusy()
    if found.state not in _KNOWN:
        raise ImportIsElsewhere()
    if not found.bad_count:
        raise NoBadRows()
    must_be_kept(found)
    if found.bad_file == BadFile.NONE:
        found.bad_file, found.bad_key = BadFile.WRITING, CompanyStore(current_company().schema).new_key()
        found.save(update_fields=["bad_file", "bad_key"])
        promise(WRITE_BAD, found.pk)
        discard([found.bad_key], not_before=found.created_at + KEPT)
    return found


def must_be_kept(found: Import) -> None:
    """Refuse when the week is over after which nothing of a file is in the store any more."""
    if found.created_at <= timezone.now() - KEPT:
        raise FileIsGone()


@verb
def note_bad_file(import_id: int, key: str, *, is_ready: bool) -> None:
    """The file stands in the store, or cannot be; what was forgotten meanwhile stays forgotten."""
    waiting = Import.objects.filter(pk=import_id, bad_file=BadFile.WRITING, bad_key=key)
    waiting.update(bad_file=BadFile.READY if is_ready else BadFile.NONE)
