"""Verbs about archives of the company: ask for one, hand it over when it is written, open it."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.access.actions import must_be_owner
from core.access.actor import Actor
from core.attachments.actions import discard
from core.context import current_company
from core.events.bus import emit
from core.language.quotes import quoted
from core.notifications.actions import notify
from core.numbering.actions import company_day
from core.outbox.queries import promise
from core.storage import CompanyStore, file_named
from core.verb import verb

from .errors import TakeoutIsGone, TakeoutIsNotReady, TakeoutsSpent, TakeoutUnderway
from .events import TakeoutAsked, TakeoutMade, TakeoutOpened
from .models import Takeout
from .notifications import READY
from .permissions import SEE_TAKEOUTS
from .queries import KEPT, left_today, owners

# Kept by `tenants.archives`, which knows how a company is written to a file.
WRITE = "job:takeout.write"
# As long as the largest company takes; a row whose work was parked must not keep owners from asking anew.
LONGEST = timedelta(hours=6)
CONTENT_TYPE = "application/zip"
State = Takeout.State


@dataclass(frozen=True)
class Written:
    """What an archive holds."""

    rows: int
    files: int
    missing: int
    size: int
    sha256: str


@verb
def ask_takeout(*, by: Actor) -> Takeout:
    """Have all data of the company written to a file; the caller has proved himself anew.

    Errors: Forbidden, OwnersOnly, TakeoutUnderway, TakeoutsSpent.
    """
    by.must(SEE_TAKEOUTS)
    must_be_owner(by)
    now = timezone.now()
    standing = Takeout.objects.select_for_update().filter(state=State.WAITING).first()
    if standing and standing.created_at > now - LONGEST:
        raise TakeoutUnderway()
    if standing:
        fail_takeout(standing.pk, "Выгрузка не закончилась вовремя. Сделайте новую или напишите в поддержку")
    if not left_today():
        raise TakeoutsSpent()
    takeout = _begun(by)
    emit(TakeoutAsked(None, takeout.pk), by=by)
    promise(WRITE, takeout.pk)
    return takeout


def _begun(by: Actor) -> Takeout:
    company = current_company()
    told = {
        "name": file_named(company.name, f"выгрузка {company_day():%Y-%m-%d}.zip"),
        "storage_key": CompanyStore(company.schema).new_key(),
        "author_id": by.principal_id,
    }
    try:
        with transaction.atomic():
            return Takeout.objects.create(**told)
    except IntegrityError as clash:
        # Another owner has asked at the same moment.
        raise TakeoutUnderway() from clash


@verb
def finish_takeout(takeout_id: int, written: Written, *, by: Actor) -> None:
    """The file stands in the store: let the owners open it. Said once, however often the file was written."""
    takeout = Takeout.objects.select_for_update().filter(pk=takeout_id, state=State.WAITING).first()
    if takeout is None:
        return
    takeout.state, takeout.finished_at = State.READY, timezone.now()
    takeout.rows_count, takeout.files_count, takeout.missing_count = written.rows, written.files, written.missing
    takeout.size, takeout.sha256 = written.size, written.sha256
    takeout.save()
    discard([takeout.storage_key], not_before=takeout.finished_at + KEPT)
    fact = emit(TakeoutMade(None, takeout.pk, written.rows, written.files, written.size), by=by)
    notify(
        owners(),
        kind=READY,
        subject=f"Выгрузка данных {quoted(current_company().name)} готова",
        paragraphs=(
            f"Все данные компании выгружены по просьбе владельца: {by.name}.",
            "Скачать файл может только владелец, в течение трёх дней: «Настройки → Данные компании».",
            "Если никто из владельцев этого не просил, смените пароли и напишите нам.",
        ),
        link_path="/settings/data",
        fact_id=fact,
        reason="вы владелец компании",
    )


@verb
def fail_takeout(takeout_id: int, reason: str) -> None:
    """Say to the owners why there will be no file."""
    waiting = Takeout.objects.filter(pk=takeout_id, state=State.WAITING)
    waiting.update(state=State.FAILED, reason=reason[:300], finished_at=timezone.now())


@verb
def open_takeout(takeout: Takeout, *, by: Actor) -> str:
    """An address for one minute that gives the file.

    Errors: Forbidden, OwnersOnly, TakeoutIsNotReady, TakeoutIsGone.
    """
    by.must(SEE_TAKEOUTS)
    must_be_owner(by)
    if takeout.state != State.READY or takeout.finished_at is None:
        raise TakeoutIsNotReady(takeout.reason)
    if takeout.finished_at <= timezone.now() - KEPT:
        raise TakeoutIsGone()
    emit(TakeoutOpened(None, takeout.pk), by=by)
    store = CompanyStore(current_company().schema)
    return store.download_address(takeout.storage_key, name=takeout.name, content_type=CONTENT_TYPE, inline=False)
