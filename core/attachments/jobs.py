"""Work on bytes, outside of any scope: the check of what has arrived, the removal of what is not needed."""

import hashlib
import io
import logging
from dataclasses import dataclass
from typing import Protocol

from django.utils import timezone

from core.context import Company, company_scope
from core.failpoints import Failpoint
from core.outbox.queries import wake
from core.storage import CompanyStore, ObjectChanged, ObjectMissing, ObjectReader, Stored

from .actions import SWEEP, UNFINISHED_LIFE, pass_check, reject
from .collecting import COLLECT, EVERY
from .models import Attachment, Leftover
from .queries import State
from .rules.contents import INFECTED, is_infected, refusal_of_picture, refusal_of_zip
from .rules.types import HEAD, Verdict, judge

log = logging.getLogger(__name__)

COPIED = Failpoint("attachments.copied")
JUDGED = Failpoint("attachments.judged")

_BATCH = 200
_BUFFER = 256 * 1024
_NOT_ARRIVED = "Файл не дошёл до хранилища. Приложите его снова"
_OTHER_SIZE = "Размер файла не совпал с заявленным. Приложите его снова"


class Upload(Protocol):
    """What somebody has sent to the store, wherever its row stands."""

    pk: int
    name: str
    size: int
    content_type: str
    storage_key: str


@dataclass(frozen=True)
class Found:
    """What the check has learnt: a refusal, or the type and the SHA-256 of the bytes that stand under the final key."""

    refusal: str = ""
    content_type: str = ""
    checksum: str = ""


def check_upload(company: Company, attachment_id: int) -> None:
    """Look at the bytes of an upload and show or reject the file.

    The very bytes that were looked at (by ETag) are copied from quarantine to the final key, for which no upload was
    ever signed. Killed anywhere, it starts over: quarantine is emptied only after the verdict is written.
    """
    with company_scope(company):
        attachment = Attachment.objects.filter(pk=attachment_id, state=State.CHECKING).first()
    if attachment is None:
        return
    found = look_at(CompanyStore(company.schema), attachment)
    with company_scope(company):
        if found.refusal:
            reject(attachment_id, found.refusal)
        else:
            pass_check(attachment_id, content_type=found.content_type, checksum=found.checksum)
    JUDGED.reach()


def erase_leftover(company: Company, leftover_id: int) -> None:
    """Remove one object that nothing refers to."""
    with company_scope(company):
        key = Leftover.objects.filter(pk=leftover_id).values_list("storage_key", flat=True).first()
    if key is None:
        return
    CompanyStore(company.schema).remove(key)
    with company_scope(company):
        Leftover.objects.filter(pk=leftover_id).delete()


def sweep_unfinished(company: Company, _: int = 0) -> None:
    """Forget uploads that were begun over a day ago and never finished, with whatever bytes have come of them."""
    store = CompanyStore(company.schema)
    while doomed := _hide_unfinished(company):
        for attachment in doomed:
            store.remove(store.quarantine_of(attachment.storage_key))
        with company_scope(company):
            Attachment.objects.filter(pk__in=[row.pk for row in doomed], state=State.UPLOADING).delete()
    with company_scope(company):
        first = Attachment.objects.filter(state=State.UPLOADING).order_by("created_at").first()
        if first is not None:
            wake(SWEEP, first.created_at + UNFINISHED_LIFE)
        # A company that has begun an upload has a prefix to be looked through; no other is visited.
        wake(COLLECT, timezone.now() + EVERY)


def _hide_unfinished(company: Company) -> list[Attachment]:
    # Hidden first, so that nobody completes an upload whose bytes are on their way out.
    with company_scope(company):
        old = Attachment.objects.filter(state=State.UPLOADING, created_at__lte=timezone.now() - UNFINISHED_LIFE)
        rows = list(old.select_for_update().order_by("created_at")[:_BATCH])
        Attachment.objects.filter(pk__in=[row.pk for row in rows]).update(deleted_at=timezone.now())
    return rows


def look_at(store: CompanyStore, upload: Upload) -> Found:
    """The check of bytes that wait in quarantine: refused, or copied to the final key. Outside of any scope."""
    waiting = store.quarantine_of(upload.storage_key)
    try:
        stored = store.look(waiting)
    except ObjectMissing:
        return Found(_NOT_ARRIVED)
    if stored.size != upload.size:
        return Found(_OTHER_SIZE)
    try:
        head, checksum = _read(store, waiting, stored)
        verdict = judge(upload.name, upload.content_type, head)
        refusal = verdict.refusal or _refusal_of_content(store, waiting, stored, upload.name, verdict, head)
        if not refusal:
            store.copy(waiting, upload.storage_key, etag=stored.etag)
            COPIED.reach()
    except (ObjectMissing, ObjectChanged):
        log.warning("upload %s was replaced while it was checked", upload.pk)
        return Found("Файл заменили во время проверки. Приложите его снова")
    return Found(refusal, verdict.served, checksum)


def _read(store: CompanyStore, key: str, stored: Stored) -> tuple[bytes, str]:
    """The first bytes and the SHA-256 of all."""
    head, digest = b"", hashlib.sha256()
    for chunk in store.chunks(key, stored.etag):
        if len(head) < HEAD:
            head += chunk[: HEAD - len(head)]
        digest.update(chunk)
    return head, digest.hexdigest()


def _refusal_of_content(store: CompanyStore, key: str, stored: Stored, name: str, verdict: Verdict, head: bytes) -> str:
    if is_infected(head):
        return INFECTED
    file = io.BufferedReader(ObjectReader(store, key, stored), _BUFFER)
    if verdict.real == "zip":
        return refusal_of_zip(file, name, stored.size)
    return refusal_of_picture(file, verdict.real, head)
