"""Verbs about files: begin an upload, hand it to the check, pass or reject it, remove it.

Whoever may see a card may attach to it, but for another's draft, so every verb starts from a card that came through the
visible query.
Files are removed by whoever attached all of their versions, or by the card's owner (who might trash the card).
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, Q
from django.utils import timezone

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.context import current_company
from core.entities.locks import locked
from core.entities.models import Entity, Ref
from core.entities.trash import may_trash
from core.entitlements.port import allowance, must_fit
from core.errors import Forbidden, Invalid, NotFound
from core.events.bus import Change, emit
from core.outbox.queries import promise, wake
from core.registry import registry
from core.storage import UPLOAD_SECONDS, CompanyStore
from core.verb import verb

from .errors import CardIsFull, FileIsSettled
from .events import AttachmentReady, AttachmentRejected, AttachmentRemoved
from .models import Attachment, Leftover
from .queries import State, bytes_held, living, lock_room
from .rules.names import clean_name, is_program
from .rules.types import declared_type

CHECK, ERASE, SWEEP = "job:attachments.check", "job:attachments.erase", "attachments.sweep"
MOST_ON_CARD = 500
UNFINISHED_LIFE = timedelta(hours=24)
# While the upload's address lives, the bytes could be put there once more.
_ADDRESS_LIFE = timedelta(seconds=UPLOAD_SECONDS + 60)
_MB = 1024 * 1024


@dataclass(frozen=True)
class Wish:
    """What somebody is about to upload: name and type as the browser says, size in bytes."""

    name: str
    size: int
    content_type: str


@verb
def begin_upload(card: Entity, wish: Wish, *, by: Actor, next_of: Attachment | None = None) -> Attachment:
    """Make room for a file, or for the next version of one; DraftOfAnother, Invalid, CardIsFull, StorageOver."""
    by.must_add_to(card)
    if next_of is not None and _is_settled(card, next_of):
        raise FileIsSettled()
    name = clean_name(wish.name)
    if is_program(name):
        raise Invalid({"name": "Программы прикладывать нельзя: упакуйте файл в архив"})
    if wish.size < 1:
        raise Invalid({"size": "Файл пустой"})
    if wish.size > settings.UPLOAD_MAX_BYTES:
        raise Invalid({"size": f"Файл больше {settings.UPLOAD_MAX_BYTES // _MB} МБ. Разделите его или дайте ссылку"})
    if living().filter(entity_id=card.pk).count() >= MOST_ON_CARD:
        raise CardIsFull()
    _must_fit(wish.size)
    attachment = Attachment(
        entity_id=card.pk,
        name=name,
        size=wish.size,
        content_type=declared_type(wish.content_type),
        storage_key=CompanyStore(current_company().schema).new_key(),
        author_id=by.principal_id,
    )
    if next_of is not None:
        attachment.family, attachment.version = next_of.family, _next_version(next_of)
    attachment.save()
    wake(SWEEP, attachment.created_at + UNFINISHED_LIFE)
    return attachment


@verb
def complete_upload(attachment: Attachment, *, by: Actor) -> Attachment:
    """The browser says that the bytes have arrived: have them checked. Asking again changes nothing."""
    fresh = _lock(attachment.pk)
    if fresh.author_id != by.principal_id:
        raise Forbidden()
    if fresh.state != State.UPLOADING:
        return fresh
    fresh.state = State.CHECKING
    fresh.save(update_fields=["state"])
    promise(CHECK, fresh.pk)
    return fresh


@verb
def pass_check(attachment_id: int, *, content_type: str, checksum: str) -> None:
    """Show the file on its card; when it was removed meanwhile, its bytes go too."""
    attachment = _lock_checked(attachment_id)
    if attachment is None:
        return
    if _is_settled(attachment.entity, attachment):
        # Its upload was begun before the card was settled: it comes to stand beside the file, not in its place.
        attachment.family = uuid.uuid4()
    list(Attachment.objects.select_for_update().filter(family=attachment.family, state=State.READY))
    attachment.version = _next_version(attachment)
    attachment.state, attachment.content_type, attachment.checksum = State.READY, content_type, checksum
    attachment.save(update_fields=["family", "version", "state", "content_type", "checksum"])
    discard([_quarantine(attachment)], not_before=attachment.created_at + _ADDRESS_LIFE)
    emit(_fact(AttachmentReady, attachment), by=_uploader(attachment))


@verb
def reject(attachment_id: int, reason: str) -> None:
    """Say to the uploader why his file is not shown, and forget its bytes."""
    attachment = _lock_checked(attachment_id)
    if attachment is None:
        return
    attachment.state, attachment.reason = State.REJECTED, reason[:300]
    attachment.save(update_fields=["state", "reason"])
    _discard_bytes(attachment)
    emit(_fact(AttachmentRejected, attachment, Change("reason", None, reason)), by=_uploader(attachment))


@verb
def remove(attachment: Attachment, *, by: Actor) -> None:
    """Take a file off its card: the current version with all earlier ones, an earlier version alone. Forbidden."""
    family = [row for row in _with_copies(attachment) if row.family == attachment.family and row.deleted_at is None]
    rows = [row for row in family if row.state == State.READY or row.pk == attachment.pk]
    target = next((row for row in rows if row.pk == attachment.pk), None)
    if target is None:
        raise NotFound()
    if _is_settled(attachment.entity, attachment):
        raise FileIsSettled()
    current = max((row.version for row in rows if row.state == State.READY), default=0)
    doomed = rows if target.state == State.READY and target.version == current else [target]
    if any(row.author_id != by.principal_id for row in doomed) and not may_trash(by, attachment.entity):
        raise Forbidden("Удалить файл может тот, кто его приложил, или тот, кто вправе удалить карточку")
    for row in doomed:
        row.deleted_at = timezone.now()
        row.save(update_fields=["deleted_at"])
        _discard_bytes(row)
    if target.state == State.READY:
        emit(_fact(AttachmentRemoved, target), by=by)


@verb
def discard(keys: Iterable[str], *, not_before: datetime | None = None) -> None:
    """Have objects removed from the store once this transaction is done, not earlier than `not_before`."""
    for leftover in Leftover.objects.bulk_create([Leftover(storage_key=key) for key in keys]):
        promise(ERASE, leftover.pk, not_before=not_before)


def last_copy_gone() -> datetime:
    """When no copy that is kept names an object any more that is let go now: so long a restore still finds it."""
    return timezone.now() + timedelta(days=settings.BACKUP_DAYS)


@verb
def forget_files_of(card_ids: Iterable[int]) -> None:
    """The cards are about to go for good: their files' bytes go after them."""
    doomed = set(card_ids)
    for attachment in living().filter(entity_id__in=doomed).order_by("id"):
        _discard_bytes(attachment, doomed)


@verb
def copy_files(source: Entity, target: Entity, *, by: Actor) -> dict[int, int]:
    """Show the newest versions of one card's files on another card, too: rows of their own over the same bytes.

    Nothing is said of each: the card that gets them is new, and its own fact tells of it. Returns which row of the
    source, of any version, is shown by which new one.
    """
    store = CompanyStore(current_company().schema)
    rows = living().filter(entity_id=source.pk, state=State.READY).select_for_update().order_by("version")
    families = {row.pk: row.family for row in rows}
    newest = {row.family: row for row in rows}
    kept = sorted(newest.values(), key=lambda row: row.pk)
    made = Attachment.objects.bulk_create(
        Attachment(
            entity_id=target.pk,
            name=row.name,
            size=row.size,
            content_type=row.content_type,
            storage_key=store.new_key(),
            shared_key=row.object_key,
            checksum=row.checksum,
            state=State.READY,
            author_id=by.principal_id,
        )
        for row in kept
    )
    copies = {row.family: copy.pk for row, copy in zip(kept, made, strict=True)}
    return {pk: copies[family] for pk, family in families.items()}


def _is_settled(card: Entity, file: Attachment) -> bool:
    """Whether a file stands as it is by the card's own rules: no further version, no removal."""
    kind = registry.kind(card.kind)
    if kind is None or kind.settled_files is None:
        return False
    # Whoever settles a card locks it first.
    fresh = locked(kind.model.objects.all(), card.pk)
    return fresh is not None and file.family in kind.settled_files(fresh)


def _must_fit(size: int) -> None:
    """Refuse what the paid room cannot hold; a begun upload counts from now on. Errors: StorageOver."""
    limit = allowance().room
    if limit is not None:
        lock_room()
        must_fit(size, used=bytes_held(), limit=limit)


def _lock(attachment_id: int) -> Attachment:
    found = living().select_related("entity").select_for_update(of=("self",)).filter(pk=attachment_id).first()
    if found is None:
        raise NotFound()
    return found


def _lock_checked(attachment_id: int) -> Attachment | None:
    """The row whose check has ended; None when nobody waits for the answer any more."""
    rows = Attachment.objects.select_related("entity", "author").select_for_update(of=("self",))
    found = rows.filter(pk=attachment_id, state=State.CHECKING).first()
    if found is None or found.deleted_at is None:
        return found
    _discard_bytes(found)
    return None


def _next_version(attachment: Attachment) -> int:
    ready = Attachment.objects.filter(family=attachment.family, state=State.READY)
    return (ready.aggregate(last=Max("version"))["last"] or 0) + 1


def _quarantine(attachment: Attachment) -> str:
    return CompanyStore(current_company().schema).quarantine_of(attachment.storage_key)


def _with_copies(attachment: Attachment) -> list[Attachment]:
    """All versions of a file and whatever shares bytes with one of them, locked in one order: whoever removes the last
    row over an object must know that it is the last."""
    keys = [row.object_key for row in Attachment.objects.filter(family=attachment.family)]
    shown = Q(storage_key__in=keys) | Q(shared_key__in=keys)
    return list(Attachment.objects.select_for_update().filter(shown).order_by("id"))


def _discard_bytes(attachment: Attachment, doomed: Collection[int] = ()) -> None:
    """Let the bytes of a row go, unless a row on a card that stays shows them still; `doomed` are cards that go."""
    key = attachment.object_key
    twins = living().filter(Q(storage_key=key) | Q(shared_key=key)).exclude(pk=attachment.pk)
    if not twins.exclude(entity_id__in=doomed).exists():
        discard([key], not_before=last_copy_gone() if attachment.state == State.READY else None)
    discard([_quarantine(attachment)], not_before=max(timezone.now(), attachment.created_at + _ADDRESS_LIFE))


def _uploader(attachment: Attachment) -> Actor:
    return actor_of_principal(attachment.author, door="job")


def _fact(fact: type, attachment: Attachment, *changes: Change) -> AttachmentReady:
    suffix = f" (версия {attachment.version})" if attachment.version > 1 else ""
    return fact(
        Ref(attachment.entity.kind, attachment.entity_id),
        attachment_id=attachment.pk,
        name=attachment.name,
        version=attachment.version,
        changes=(Change("file", None, f"{attachment.name}{suffix}"), *changes),
    )
