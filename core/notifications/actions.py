"""Writing notices to people: rows beside the effect that caused them, and promises to send them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from core.access.actor import Actor
from core.context import current_company
from core.entities.models import Entity
from core.events.bus import emit
from core.gateways.models import Gateway
from core.gateways.queries import bot_scope, chosen_modes
from core.identity.models import Principal
from core.options.queries import option
from core.outbox.queries import promise, wake
from core.realtime.announcing import ring_after_commit
from core.registry import registry
from core.verb import verb

from .choices import (
    FLOOD,
    FORCED,
    MOST_MUTED,
    NEVER,
    WINDOW,
    Wishes,
    channels_of,
    digest_at,
    flood_ends,
    quiet_until,
    word_of,
)
from .errors import ChoiceIsFixed, UnknownChoice
from .events import PolicyChanged
from .kinds import BELL, CHANNELS, GATHERED, MAIL, PUSH, SMS, TELEGRAM, Notification
from .models import TOGETHER, Delivery, Preference
from .moments import told_to
from .options import NEVER_QUIET, PROVED_ONLY, QUIET, TALK_WINDOW
from .permissions import MANAGE_POLICY
from .pushes.queries import living
from .queries import preferences_of, wishes_of
from .rules import clean_paragraph, clean_subject, is_mobile

SEND = "job:notifications.send"
REMIND = "notifications.remind"
DIGEST = "notifications.digest"
_OPEN = "Открыть"
_Status = Delivery.Status
_NO_CHAT = "Получатель не подключил Telegram: это делается в настройках, раздел «Уведомления»"
_NO_BROWSER = "Получатель не включил уведомления в браузере"
NO_PHONE = "В карточке получателя нет мобильного номера"
UNPROVED = "Номер не подтверждён: получатель подтверждает его в своих настройках, раздел «Уведомления»"
_OFF = {
    MAIL: "Письма выключены: их включает администратор в разделе «Интеграции»",
    TELEGRAM: "Telegram не подключён: это делает администратор в разделе «Интеграции»",
    SMS: "SMS не подключены: это делает администратор в разделе «Интеграции»",
}


@dataclass(frozen=True)
class _Receiver:
    """One person and where he can be reached."""

    principal_id: int
    email: str
    phone: str
    proved: str
    wishes: Wishes
    chat: Preference | None
    has_browser: bool

    @property
    def zone(self) -> str:
        """By which moments are told to him; empty: the company's."""
        return self.chat.time_zone if self.chat else ""


@verb
def notify(
    principal_ids: Iterable[int],
    *,
    kind: Notification,
    subject: str,
    paragraphs: Iterable[str],
    link_path: str,
    fact_id: int = 0,
    key: str = "",
    card: Entity | None = None,
    reason: str = "",
    asked: Collection[str] = (),
) -> None:
    """Tell each of these people about a fact by the channels that he and the company want.

    Blocked people and those without a way to sign in get nothing; the same fact never comes twice in one channel
    (`key` stands for what is no fact). `open_moment` in paragraphs is told by the clock of each. `link_path` is a path
    of the company's application (`/tasks/12`), empty for a notice that leads nowhere; `reason` is why the person gets
    it; `asked` are channels ticked for this very notice.
    """
    # The service's people have an account, too, but no mailbox; what concerns them stands in their console.
    people = Principal.objects.filter(pk__in=set(principal_ids), is_active=True, user__isnull=False).order_by("pk")
    people = people.exclude(kind=Principal.Kind.SERVICE)
    people = people.annotate(has_browser=Exists(living().filter(principal=OuterRef("pk"))))
    where = ("user__email", "employee__phone", "employee__phone_proved")
    found = list(people.values_list("pk", *where, "has_browser"))
    if not found:
        return
    modes = chosen_modes()
    policy, own = preferences_of(who for who, *_ in found)
    body = {
        "kind": kind.code,
        "subject": clean_subject(subject),
        "paragraphs": [clean_paragraph(text) for text in paragraphs],
        "links": [[_OPEN, link_path]] if link_path else [],
        "entity_id": card.pk if card else None,
        "reason": reason,
    }
    name = f"{current_company().schema}-{key or fact_id}"
    rows = []
    for who, email, phone, proved, has_browser in found:
        wishes = wishes_of(policy, own.get(who))
        receiver = _Receiver(who, email, phone or "", proved or "", wishes, own.get(who), has_browser)
        rows += _rows_for(receiver, kind, body, name, asked, modes)
    patient = [row for row in rows if row.channel in GATHERED and row.channel not in asked and not kind.fixed]
    if not kind.is_talk:
        _hold_back(patient)
    elif card is not None:
        _hold(patient, card)
    _write(rows)


@verb
def deliver_letter(
    address: str,
    *,
    kind: str,
    subject: str,
    paragraphs: Iterable[str],
    links: Iterable[tuple[str, str]] = (),
    key: str,
) -> None:
    """Write a letter to an address that may belong to nobody yet: an invitation, a password reset.

    `links` are (label, address or path of the company's application); what the letter says is forgotten once it is
    sent. `key` makes it one: the same key and kind never write a second letter.
    """
    letter = Delivery(
        kind=kind,
        address=address,
        subject=clean_subject(subject),
        paragraphs=[clean_paragraph(text) for text in paragraphs],
        links=[[label, target] for label, target in links],
        is_secret=True,
        message_id=f"{current_company().schema}-{key}-{kind}",
    )
    _write([letter])


@verb
def read_notices(ids: Collection[int], *, card_id: int | None = None, by: Actor) -> None:
    """Mark notices of one's own bell as read: these ids, those about a card, or all when neither is given."""
    rows = Delivery.objects.filter(principal=by.principal_id, channel=BELL, read_at__isnull=True)
    if ids:
        rows = rows.filter(pk__in=list(ids))
    if card_id is not None:
        rows = rows.filter(entity=card_id)
    if rows.update(read_at=timezone.now()):
        ring_after_commit([by.principal_id])


@verb
def save_preference(*, fields: Mapping[str, Any], by: Actor) -> Preference:
    """Keep one's own wishes: those of choices, mentions_only, quiet, digest, reminders, time_zone that are given.

    `choices` are kind → channel → yes or no; other kinds stay as they are. Errors: UnknownChoice, ChoiceIsFixed.
    """
    row = _locked(by.principal_id)
    policy = Preference.objects.filter(principal=None).first() or Preference()
    if "choices" in fields:
        row.choices = _merged(row.choices, fields["choices"], refuse=_refuse_bound(policy))
    if "quiet" in fields:
        # Without the company's hours nothing has to be said against them.
        row.quiet_from, row.quiet_to = fields["quiet"] or (NEVER_QUIET if option(QUIET) else (None, None))
    for name in ("mentions_only", "digest", "reminders", "time_zone"):
        if name in fields:
            setattr(row, name, fields[name])
    row.save()
    return row


@verb
def save_policy(
    *,
    choices: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    ladder: Mapping[str, int | None] | None = None,
    by: Actor,
) -> Preference:
    """Say for the whole company which kinds come by which channels, and who hears when of what is overdue.

    `ladder` is the whole of it, minutes after the due moment by who. Errors: Forbidden, UnknownChoice, ChoiceIsFixed.
    """
    by.must(MANAGE_POLICY)
    row = _locked(None)
    row.choices = _merged(row.choices, choices, refuse=_refuse_fixed)
    if ladder is not None:
        row.ladder = dict(ladder)
        wake(REMIND, timezone.now())
    row.save()
    emit(PolicyChanged(None), by=by)
    return row


@verb
def mute(card: Entity, *, is_muted: bool, by: Actor) -> None:
    """Keep a card silent for oneself, or hear of it again; of too many the longest muted speaks again."""
    row = _locked(by.principal_id)
    others = [pk for pk in row.muted if pk != card.pk]
    row.muted = [*others, card.pk][-MOST_MUTED:] if is_muted else others
    row.save(update_fields=["muted"])


def _locked(principal_id: int | None) -> Preference:
    Preference.objects.bulk_create([Preference(principal_id=principal_id)], ignore_conflicts=True)
    return Preference.objects.select_for_update().get(principal=principal_id)


def _merged(known: dict[str, Any], given: Mapping[str, Any], *, refuse: Callable[[Notification, str], None]) -> dict:
    merged = {code: dict(words) for code, words in known.items()}
    declared = registry.notifications()
    for code, words in given.items():
        what = declared.get(code)
        if what is None:
            raise UnknownChoice("choices", "Такого уведомления нет. Обновите страницу")
        for channel, word in words.items():
            refuse(what, channel)
            merged.setdefault(code, {})[channel] = word
    return merged


def _refuse_fixed(what: Notification, channel: str) -> None:
    if channel not in CHANNELS:
        raise UnknownChoice("choices", "Такого канала нет. Обновите страницу")
    if what.fixed:
        raise ChoiceIsFixed()


def _refuse_bound(policy: Preference) -> Callable[[Notification, str], None]:
    def refuse(what: Notification, channel: str) -> None:
        _refuse_fixed(what, channel)
        if word_of(what, channel, policy.choices) in (FORCED, NEVER):
            raise ChoiceIsFixed()

    return refuse


def _rows_for(
    receiver: _Receiver,
    kind: Notification,
    body: dict[str, Any],
    name: str,
    asked: Collection[str],
    modes: Mapping[str, str],
) -> list[Delivery]:
    now = timezone.now()
    companys = current_company().time_zone
    local = now.astimezone(ZoneInfo(companys))
    said = [told_to(text, receiver.zone, companys) for text in body["paragraphs"]]
    found = []
    for channel in channels_of(kind, receiver.wishes, card_id=body["entity_id"], asked=asked):
        address, missing = _address(receiver, channel, modes)
        # A number that stands there and gets nothing is told of: somebody believes that messages come to it.
        if missing and channel not in asked and missing != UNPROVED:
            continue
        row = Delivery(
            principal_id=receiver.principal_id,
            channel=channel,
            address=address,
            message_id=f"{name}-{receiver.principal_id}" + ("" if channel == MAIL else f"-{channel}"),
            **body | {"paragraphs": said},
        )
        if channel == BELL:
            row.status, row.sent_at = _Status.SENT, now
        elif missing:
            row.status, row.error = _Status.FAILED, missing
        elif not kind.fixed:
            _put_off(row, local, receiver.wishes, is_asked=channel in asked)
        found.append(row)
    return found


def _address(receiver: _Receiver, channel: str, modes: Mapping[str, str]) -> tuple[str, str]:
    """(where, what is missing) of one channel."""
    if channel == BELL:
        return "", ""
    if channel == PUSH:
        return "", "" if receiver.has_browser else _NO_BROWSER
    if modes[channel] == Gateway.Mode.OFF:
        return "", _OFF[channel]
    if channel == MAIL:
        return receiver.email, ""
    if channel == SMS and is_mobile(receiver.phone):
        is_relied_on = receiver.phone == receiver.proved or not option(PROVED_ONLY)
        return receiver.phone, "" if is_relied_on else UNPROVED
    if channel == SMS:
        return "", NO_PHONE
    chat = receiver.chat
    if chat is None or not chat.chat_id or chat.chat_scope != bot_scope(modes[TELEGRAM]):
        return "", _NO_CHAT
    return str(chat.chat_id), ""


def _put_off(row: Delivery, local: datetime, wishes: Wishes, *, is_asked: bool) -> None:
    """Let a message wait for the morning or for the next digest."""
    digest = digest_at(local, wishes.digest) if row.channel == MAIL and not is_asked else None
    if digest is not None:
        row.trace = {"digest": True}
        local = digest
    later = quiet_until(local, wishes.quiet) or digest
    row.not_before = later.astimezone(ZoneInfo("UTC")) if later else None


def _hold_back(rows: list[Delivery]) -> None:
    """Let what comes in a flood, or waits for the morning, go together with the rest of its kind."""
    waiting = [row for row in rows if row.status == _Status.WAITING and not row.trace]
    for row in waiting:
        if row.not_before is not None:
            row.trace = {TOGETHER: True}
    free = [row for row in waiting if row.not_before is None]
    if not free:
        return
    now = timezone.now()
    rung = Delivery.objects.filter(principal=OuterRef("pk"), channel=BELL).order_by("-pk").values("created_at")
    people = Principal.objects.filter(pk__in={row.principal_id for row in free})
    flooded = set(
        people.annotate(last=Subquery(rung[FLOOD - 1 : FLOOD]))
        .filter(last__gt=now - WINDOW)
        .values_list("pk", flat=True)
    )
    for row in free:
        if row.principal_id in flooded:
            row.trace, row.not_before = {TOGETHER: True}, flood_ends(now)


def _hold(rows: list[Delivery], card: Entity) -> None:
    """Let what is said soon after other words about the card wait for the end of the window: it goes together."""
    now, window = timezone.now(), timedelta(minutes=option(TALK_WINDOW))
    free = [row for row in rows if row.status == _Status.WAITING and row.not_before is None]
    if not free:
        return
    people = [row.principal_id for row in free]
    talk = [what.code for what in registry.notifications().values() if what.is_talk]
    before = Delivery.objects.filter(entity=card.pk, principal__in=people, kind__in=talk, created_at__gt=now - window)
    ends: dict[tuple[int | None, str], datetime] = {}
    for who, channel, made, later in before.values_list("principal_id", "channel", "created_at", "not_before"):
        # A second one waits from the first, a third one goes with the second.
        end = later if later and now < later <= now + window else made + window
        ends[who, channel] = min(end, ends.get((who, channel), end))
    for row in free:
        row.not_before = ends.get((row.principal_id, row.channel))


def _write(rows: Iterable[Delivery]) -> None:
    wanted = {row.message_id: row for row in rows}
    known = Delivery.objects.filter(message_id__in=wanted).values_list("message_id", flat=True)
    for message_id in known:
        del wanted[message_id]
    made = Delivery.objects.bulk_create(wanted.values())
    for row in made:
        if row.trace.get("digest") and row.not_before:
            wake(DIGEST, row.not_before)
        elif row.status == _Status.WAITING:
            promise(SEND, row.pk, not_before=row.not_before)
    if rung := [row.principal_id for row in made if row.channel == BELL and row.principal_id]:
        ring_after_commit(rung)
