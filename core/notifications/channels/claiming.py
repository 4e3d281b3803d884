"""Taking a message to send, and marking what became of it; inside the company's scope."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from core.context import Company
from core.gateways.queries import gateway, mail_account, push_account, sms_account, telegram_account
from core.gateways.rules import TELEGRAM as TELEGRAM_GATEWAY
from core.gateways.webpush.client import PushTarget
from core.gateways.webpush.encryption import from_base64url
from core.identity.secrets import keyed_for
from core.options.queries import option
from core.outbox.queries import promise
from core.registry import registry

from ..actions import NO_PHONE, SEND, UNPROVED, notify
from ..kinds import BELL, MAIL, PHONE_CODE, PUSH, SMS, TELEGRAM, Notification
from ..models import Delivery, Preference
from ..options import PROVED_ONLY
from ..phones.rules import CODE_SECONDS
from ..pushes.actions import ONLY
from ..pushes.queries import MOST, living_of
from ..pushes.words import push_message
from ..queries import may_hear
from ..rules import compose, is_mobile
from .buttons import ASKS, keyboard
from .gathering import gather, goes_for_many, is_carried, settle_carried
from .metered import sms_marks, sms_refusal
from .outgoing import Outgoing
from .words import chat_text, sms_text

TRACK = "job:notifications.track"
# The promise in a worker's hands keeps others away from its message. This is the second lock, for a worker that was
# taken for dead and was not: longer than a service that answers needs, and short enough that a message in a killed
# worker's hands goes out within a quarter of a minute.
_CLAIM = timedelta(seconds=12)
_LONGEST_WAIT = 3600.0
_Status = Delivery.Status
# In a trace: the browsers that have taken the message.
TAKEN = "taken"
# In a trace: an answer was lost when the message had been handed over, so that it may have been taken.
UNSURE = "unsure"
# In a trace: it went into the sandbox, whatever the company has chosen since.
DEMO = "demo"
# In a trace: milliseconds that the last attempt took.
MS = "ms"
# Where a provider's numbers of messages end.
_NUMBERS = 2**31 - 1

UNLINKED = Notification("notifications.unlinked", "Telegram отключился", "Учётная запись", channels=(BELL,), fixed=True)


def claim(company: Company, delivery_id: int) -> Outgoing | None:
    """The message, with the number of this attempt; None when there is nothing to send now."""
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("principal__employee", "entity")
    row = rows.filter(pk=delivery_id, status=_Status.WAITING).first()
    if row is None or is_carried(row):
        return None
    now = timezone.now()
    if row.claimed_until and row.claimed_until > now:
        promise(SEND, row.pk, not_before=row.claimed_until)
        return None
    if row.not_before and row.not_before > now:
        promise(SEND, row.pk, not_before=row.not_before)
        return None
    if row.trace.get("handed"):
        # A worker died with it in hand: the provider is asked before anything is handed over again.
        finish(row.pk, status=_Status.UNKNOWN, error="Отправка прервалась: спросим провайдера, дошло ли")
        promise(TRACK, row.pk)
        return None
    if refusal := _refusal(row):
        finish(row.pk, status=bad_end(row.trace), error=refusal)
        return None
    gather(row)
    return _taken(company, row)


def _refusal(row: Delivery) -> str:
    """Why the message must not go any more; empty when it may."""
    if row.principal and not row.principal.is_active:
        return "Получатель заблокирован"
    if row.principal and row.entity and not may_hear(row.principal, row.entity, row.kind):
        return "Карточка получателю больше не видна"
    return ""


def _taken(company: Company, row: Delivery) -> Outgoing | None:
    makers = {MAIL: _letter, TELEGRAM: _chat, SMS: _sms, PUSH: _push}
    message = makers[row.channel](company, row)
    if isinstance(message, str):
        finish(row.pk, status=bad_end(row.trace), error=message)
        return None
    if message is None:
        return None
    row.attempts, row.claimed_until, row.trace = message.attempt, timezone.now() + _CLAIM, message.trace
    row.address = message.address
    row.save(update_fields=["attempts", "claimed_until", "trace", "address"])
    return message


def _letter(company: Company, row: Delivery) -> Outgoing | str:
    # Only letters of the account carry secrets: invitations, new passwords, proofs of an address.
    account = mail_account(opens_doors=row.is_secret)
    if account is None:
        return "Письма выключены: их включает администратор в разделе «Интеграции»"
    letter = compose(
        company,
        to=row.address,
        subject=row.subject,
        paragraphs=[*row.paragraphs, *([f"Вы получили письмо, потому что {row.reason}."] if row.reason else [])],
        links=row.links,
        key=row.message_id,
    )
    trace = row.trace | {DEMO: account.is_demo}
    return Outgoing(MAIL, row.address, row.attempts + 1, letter=letter, account=account, trace=trace)


def _chat(company: Company, row: Delivery) -> Outgoing | str:
    account = telegram_account()
    mine = Preference.objects.filter(principal=row.principal_id).first()
    if account is None:
        return "Telegram не подключён: это делает администратор в разделе «Интеграции»"
    if mine is None or not mine.chat_id or mine.chat_scope != account.scope:
        return "Получатель отключил Telegram"
    what = registry.notifications().get(row.kind)
    details = bool(gateway(TELEGRAM_GATEWAY).options.get("details", False))
    return Outgoing(
        TELEGRAM,
        str(mine.chat_id),
        row.attempts + 1,
        text=chat_text(company, row, what, with_details=details),
        buttons=keyboard(company.schema, row),
        asks=ASKS in row.trace,
        has_paper=details
        and what is not None
        and what.has_paper
        and row.entity_id is not None
        and not goes_for_many(row),
        schema=company.schema,
        account=account,
        trace=row.trace | {DEMO: account.is_demo},
    )


def _sms(company: Company, row: Delivery) -> Outgoing | str:
    account = sms_account()
    if account is None:
        return "SMS не подключены: это делает администратор в разделе «Интеграции»"
    # What has waited goes to the number that stands now.
    employee = getattr(row.principal, "employee", None)
    number, is_proved = (employee.phone, employee.has_proved_phone) if employee else ("", False)
    if row.kind == PHONE_CODE:
        if number != row.address or row.created_at < timezone.now() - timedelta(seconds=CODE_SECONDS):
            return "Код больше не действует: номер сменили или SMS ждала слишком долго"
    elif not is_mobile(number):
        return NO_PHONE
    elif option(PROVED_ONLY) and not is_proved:
        return UNPROVED
    text = sms_text(company, row)
    marks = sms_marks(text)
    if refusal := sms_refusal(marks):
        return refusal
    return Outgoing(
        SMS,
        number,
        row.attempts + 1,
        text=text,
        is_secret=row.is_secret,
        account=account,
        client_id=sms_number(company.schema, row.pk),
        trace=row.trace | {"handed": True, DEMO: account.is_demo} | marks,
    )


def _push(company: Company, row: Delivery) -> Outgoing | str | None:
    account = push_account()
    if account is None:
        return "Уведомления браузера в этой установке не настроены"
    taken = row.trace.get(TAKEN, [])
    open_ones = living_of(row.principal_id or 0).exclude(pk__in=taken)
    if ONLY in row.trace:
        open_ones = open_ones.filter(pk=row.trace[ONLY])
    browsers = list(open_ones[:MOST])
    if not browsers and taken:
        finish(row.pk, status=_Status.SENT, sent_at=timezone.now(), error="")
        return None
    if not browsers:
        return "Получатель отключил уведомления браузера"
    return Outgoing(
        PUSH,
        ", ".join(one.name for one in browsers)[: Delivery._meta.get_field("address").max_length],
        row.attempts + 1,
        push=push_message(company, row, registry.notifications().get(row.kind)),
        targets=tuple(
            (one.pk, PushTarget(one.endpoint, from_base64url(one.p256dh), from_base64url(one.auth))) for one in browsers
        ),
        account=account,
        trace=row.trace,
    )


def sms_number(schema: str, delivery_id: int) -> int:
    """Our number of a message at the provider, whose account all companies may share."""
    return int(keyed_for(schema, "sms", delivery_id)[:8], 16) % _NUMBERS + 1


def finish(delivery_id: int, **ending: object) -> None:
    """Mark the end of an attempt; a letter with secrets forgets them."""
    Delivery.objects.filter(pk=delivery_id).update(claimed_until=None, **ending)
    settle_carried(delivery_id)
    Delivery.objects.filter(pk=delivery_id, is_secret=True).update(paragraphs=[], links=[])


def bad_end(trace: Mapping[str, Any]) -> str:
    """How a message ends that is not sent again: nobody says of one that may have been taken that it was not."""
    return _Status.UNKNOWN if trace.get(UNSURE) else _Status.FAILED


def remember(
    delivery_id: int, *, error: str, noted: Mapping[str, Any] = MappingProxyType({}), again_in: float | None = None
) -> None:
    """Mark an attempt after which the message may be handed over anew; `noted` goes into its trace.

    `again_in` seconds it is brought again; without that whoever has brought it now will.
    """
    row = Delivery.objects.select_for_update().get(pk=delivery_id)
    row.claimed_until, row.error, row.trace = None, error, row.trace | {"handed": False} | noted
    if again_in is not None:
        row.not_before = timezone.now() + timedelta(seconds=again_in)
        promise(SEND, row.pk, not_before=row.not_before)
    row.save(update_fields=["claimed_until", "error", "trace", "not_before"])


def put_off(delivery_id: int, seconds: float) -> None:
    """Come back when the service has said; a wait is no failed attempt."""
    row = Delivery.objects.select_for_update().get(pk=delivery_id)
    row.not_before = timezone.now() + timedelta(seconds=min(seconds, _LONGEST_WAIT))
    row.claimed_until, row.attempts, row.trace = None, row.attempts - 1, row.trace | {"handed": False}
    row.save(update_fields=["not_before", "claimed_until", "attempts", "trace"])
    promise(SEND, row.pk, not_before=row.not_before)


def forget_chat(delivery_id: int, reason: str) -> None:
    """A chat that cannot be written to any more is let go; its owner reads of it in the product."""
    row = Delivery.objects.get(pk=delivery_id)
    gone = Preference.objects.filter(principal=row.principal_id, chat_id=row.address if row.address else None)
    if row.principal_id is None or not gone.update(chat_id=None, chat_scope="", chat_error=reason):
        return
    notify(
        [row.principal_id],
        kind=UNLINKED,
        subject="Telegram отключился",
        paragraphs=[f"{reason}. Сообщения больше не приходят в Telegram: подключите его заново."],
        link_path="/settings/notifications",
        key=f"unlinked-{row.pk}",
    )
