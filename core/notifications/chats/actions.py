"""Tying a chat to a person, letting it go, and pressing buttons in it."""

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.access.queries import visible
from core.context import current_company
from core.errors import NotFound
from core.events.bus import emit
from core.gateways.errors import GatewayIsOff
from core.gateways.queries import telegram_account
from core.gateways.telegram.client import TelegramAccount
from core.gateways.telegram.links import issue
from core.identity.models import Principal
from core.identity.secrets import same
from core.outbox.queries import promise
from core.realtime.announcing import ring_after_commit
from core.registry import registry
from core.texts import clean_line
from core.verb import verb

from ..channels.words import signature_of
from ..errors import ButtonIsDead, ChatIsTaken, LinkIsDead
from ..events import ChatLinked, ChatUnlinked
from ..kinds import TELEGRAM
from ..models import Delivery, Preference
from ..queries import may_hear

UNTAP = "job:notifications.untap"
_LONGEST_NAME = 100


@verb
def invite_chat(*, by: Actor) -> tuple[TelegramAccount, str]:
    """A one-time code that ties the chat which sends it to the actor; the bot it is for. Errors: GatewayIsOff."""
    account = telegram_account()
    if account is None or not account.name:
        raise GatewayIsOff()
    return account, issue(account, schema=current_company().schema, principal_id=by.principal_id)


@verb
def link_chat(principal_id: int, *, account: TelegramAccount, chat_id: int, name: str) -> None:
    """Tie a chat to whom its code was given. Errors: LinkIsDead, ChatIsTaken."""
    principal = Principal.objects.select_related("employee").filter(pk=principal_id, is_active=True).first()
    current = telegram_account()
    if principal is None or current is None or current.scope != account.scope:
        raise LinkIsDead()
    others = Preference.objects.filter(chat_id=chat_id, chat_scope=account.scope).exclude(principal=principal_id)
    if others.exists():
        raise ChatIsTaken()
    Preference.objects.bulk_create([Preference(principal_id=principal_id)], ignore_conflicts=True)
    row = Preference.objects.select_for_update().get(principal=principal_id)
    row.chat_id, row.chat_scope, row.chat_error = chat_id, account.scope, ""
    row.chat_name = clean_line(name)[:_LONGEST_NAME]
    row.save(update_fields=["chat_id", "chat_scope", "chat_name", "chat_error"])
    emit(ChatLinked(None), by=actor_of_principal(principal, door="bot"))
    ring_after_commit([principal_id])


@verb
def unlink_chat(*, by: Actor) -> None:
    """Let one's own chat go; nothing more is sent there. NotFound when there is none."""
    row = Preference.objects.select_for_update().filter(principal=by.principal_id, chat_id__isnull=False).first()
    if row is None:
        raise NotFound()
    row.chat_id, row.chat_scope, row.chat_name, row.chat_error = None, "", "", ""
    row.save(update_fields=["chat_id", "chat_scope", "chat_name", "chat_error"])
    emit(ChatUnlinked(None), by=by)


@verb
def press_button(delivery_id: int, code: str, signature: str, *, account: TelegramAccount, chat_id: int) -> str:
    """Do what a button under a message says, as the person whose chat it is; what to answer him.

    Errors: ButtonIsDead for anything but the button that was sent to this very chat; what the deed itself refuses.
    """
    rows = Delivery.objects.select_related("principal__employee", "entity").filter(pk=delivery_id, channel=TELEGRAM)
    row = rows.first()
    if row is None or row.principal is None or row.entity is None:
        raise ButtonIsDead()
    if not same(signature, signature_of(current_company().schema, row, code)):
        raise ButtonIsDead()
    mine = Preference.objects.filter(principal=row.principal_id, chat_id=chat_id, chat_scope=account.scope)
    what = registry.notifications().get(row.kind)
    if not mine.exists() or what is None or what.button is None or what.button.code != code:
        raise ButtonIsDead()
    if not row.principal.is_active or not may_hear(row.principal, row.entity, row.kind):
        raise ButtonIsDead()
    actor = actor_of_principal(row.principal, door="bot")
    kind = registry.kind_of(row.entity.kind)
    promise(UNTAP, row.pk)
    return what.button.press(visible(actor, kind).get(pk=row.entity.pk), actor)
