"""Tying a chat to a person, letting it go, and pressing buttons in it."""

from django.utils import timezone

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.comments.actions import comment
from core.comments.mixin import Commentable
from core.comments.rules import said_elsewhere
from core.context import current_company
from core.entities.models import Entity
from core.entitlements.port import must_be_open
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
from core.rest.queries import claim_key, keep_answer
from core.texts import clean_line
from core.verb import verb

from ..actions import SEND
from ..channels.buttons import ASKS, DOOR, OF, buttons_of, card_of
from ..channels.gathering import goes_for_many
from ..channels.words import signature_of
from ..errors import (
    ButtonIsDead,
    CardIsGone,
    ChatIsTaken,
    LinkIsDead,
    MessageUnknown,
    NotAboutCard,
    NoTalkThere,
    SeveralCards,
)
from ..events import ChatLinked, ChatUnlinked
from ..kinds import TELEGRAM, Button
from ..models import Delivery, Preference
from ..queries import message_to, person_at
from ..rules import clean_subject

UNTAP, RETELL = "job:notifications.untap", "job:notifications.retell"
# No declared kinds: nobody chooses whether he is asked what he has just pressed for, and answered what he has asked.
QUESTION, ANSWER = "notifications.question", "notifications.answer"
TITLES = {QUESTION: "Вопрос бота", ANSWER: "Ответ бота"}
_LONGEST_NAME, _LONGEST_QUERY = 100, 60


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
    emit(ChatLinked(None), by=actor_of_principal(principal, door=DOOR))
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
def press_button(
    delivery_id: int, code: str, signature: str, *, account: TelegramAccount, chat_id: int, query: str
) -> str:
    """Do what a button under a message says, as the person whose chat it is; what to answer him.

    A button that asks for words writes its question (`query` names this very press), and the answer to that does the
    deed. Errors: ButtonIsDead for anything but the button that was sent to this very chat; what the deed refuses.
    """
    row = _row_of(delivery_id)
    if row is None or row.principal is None or row.entity is None:
        raise ButtonIsDead()
    if not same(signature, signature_of(current_company().schema, row, code)):
        raise ButtonIsDead()
    mine = Preference.objects.filter(principal=row.principal_id, chat_id=chat_id, chat_scope=account.scope)
    buttons, seen = buttons_of(row), card_of(row) if mine.exists() else None
    if buttons is None or seen is None:
        raise ButtonIsDead()
    pressed = next((one for one in buttons.offered(*seen) if one.code == code), None)
    if pressed is not None and pressed.asks:
        _ask(row, pressed, query)
        return "Напишите ответ на вопрос бота"
    must_be_open(current_company(), writes=True)
    said = buttons.press(*seen, code, "")
    promise(UNTAP, row.pk)
    return said


@verb
def ask_to_renew(delivery_id: int) -> None:
    """Have the buttons under a message put right: the card has changed since they were put there."""
    promise(UNTAP, delivery_id)


@verb
def answer_message(number: int, text: str, *, account: TelegramAccount, chat_id: int, update: int) -> str:
    """Take the answer to message `number` of a chat as its person's: a comment on the message's card, or the words
    that a button has asked for; what to say to him. The same update never counts twice.

    Errors: MessageUnknown for what is no message to this very chat, SeveralCards, NotAboutCard, NoTalkThere, what the
    deed refuses.
    """
    person = person_at(account, chat_id)
    row = message_to(account, person, chat_id, number) if person else None
    if person is None or row is None:
        raise MessageUnknown()
    if goes_for_many(row):
        raise SeveralCards()
    if row.entity_id is None:
        raise NotAboutCard()
    asked = _row_of(row.trace[OF]) if OF in row.trace else row
    seen = card_of(asked) if asked else None
    if asked is None or seen is None:
        raise CardIsGone()
    if not is_first(person.pk, f"update:{account.bot_id}:{update}"):
        return ""
    must_be_open(current_company(), writes=True)
    card, actor = seen
    buttons = buttons_of(asked)
    if ASKS in row.trace and buttons is not None:
        said = buttons.press(card, actor, row.trace[ASKS], text)
        promise(UNTAP, asked.pk)
        return said
    if not isinstance(card, Commentable):
        raise NoTalkThere()
    comment(card, registry.kind_of(card.kind), text=said_elsewhere(text), by=actor)
    return "Комментарий добавлен"


@verb
def say_again(token: int) -> None:
    """Have a message of the bot say what has become of it meanwhile (`core.gateways.telegram.memory`)."""
    promise(RETELL, token)


@verb
def note_answer(card: Entity, said: str, path: str, *, chat_id: int, number: int, bot_id: str, by: Actor) -> None:
    """Remember which card a message of the bot is about that is no notice, so that it may be answered, too."""
    Delivery.objects.create(
        principal_id=by.principal_id,
        entity_id=card.pk,
        kind=ANSWER,
        channel=TELEGRAM,
        address=str(chat_id),
        subject=clean_subject(said),
        links=[["Открыть", path]],
        message_id=f"{current_company().schema}-answer-{card.pk}-{by.principal_id}",
        status=Delivery.Status.SENT,
        sent_at=timezone.now(),
        trace={"message": number, "bot": bot_id},
    )


def is_first(principal_id: int, name: str) -> bool:
    """Whether something that a person does in a chat is done for the first time; said beside its effect, for good.

    Telegram repeats what it thinks was not heard, and Redis, which usually knows that, may be lost.
    """
    row = claim_key(principal_id, f"telegram:{name}", "")
    if row is None:
        return False
    keep_answer(row, 200, None, "{}")
    return True


def _row_of(delivery_id: int) -> Delivery | None:
    rows = Delivery.objects.select_related("principal__employee", "entity")
    return rows.filter(pk=delivery_id, channel=TELEGRAM).first()


def _ask(row: Delivery, button: Button, query: str) -> None:
    if row.entity is None:
        raise ButtonIsDead()
    kind = registry.kind_of(row.entity.kind)
    question, is_new = Delivery.objects.get_or_create(
        message_id=f"{current_company().schema}-asks-{row.pk}-{clean_line(query)[:_LONGEST_QUERY]}",
        defaults={
            "principal_id": row.principal_id,
            "entity_id": row.entity_id,
            "kind": QUESTION,
            "channel": TELEGRAM,
            "address": row.address,
            "subject": button.asks[:300],
            "paragraphs": [f"{kind.title} {row.entity.number}".strip()],
            "links": row.links[:1],
            "trace": {ASKS: button.code, OF: row.pk},
        },
    )
    if is_new:
        promise(SEND, question.pk)
