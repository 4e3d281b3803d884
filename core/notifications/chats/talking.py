"""What people write to the bot: commands, answers to its messages, lines that become cards."""

import re
from collections.abc import Iterator

from telegram import Message

from core import throttle
from core.companies import find_company, find_company_at
from core.context import Company, company_scope
from core.errors import Refused
from core.gateways.telegram.links import redeem
from core.gateways.telegram.memory import meet, met
from core.language.quotes import quoted
from core.registry import registry

from ..errors import LinkIsDead, MessageUnknown
from .actions import answer_message, link_chat
from .answers import NOTHING, Knock, Reply, say, together, why
from .talks import LINE, STOP, begin

# Nobody writes so much by hand.
_MOST_A_MINUTE = 30
_MOST_COMPANIES = 6
_HOST = re.compile(r"https?://([^\s/:]+)")
_FILES = "Файлы из Telegram пока не принимаются: приложите их на карточке"
_HELLO = "Это бот Пульта. Чтобы подключить его, откройте в Пульте «Настройки → Уведомления» и нажмите «Подключить»."


def said(knock: Knock, message: Message) -> Reply:
    """Answer what somebody has written in his own chat with the bot. Groups and what is passed on mean nothing."""
    chat, writer = message.chat, message.from_user
    if chat.type != "private" or writer is None or writer.id != chat.id or message.forward_origin is not None:
        return NOTHING
    told = throttle.count("telegram-said", f"{knock.account.bot_id}:{chat.id}", seconds=60)
    if told > _MOST_A_MINUTE:
        return NOTHING
    text = (message.text or "").strip()
    if not text:
        return say(chat.id, _FILES, answers=message.message_id) if message.effective_attachment else NOTHING
    if text.startswith("/"):
        return _commanded(knock, message, text)
    if message.reply_to_message is not None:
        return _answered(knock, message, message.reply_to_message, text)
    return begin(knock, chat.id, LINE, text)


def _commanded(knock: Knock, message: Message, text: str) -> Reply:
    command, _, rest = text.partition(" ")
    command = command.partition("@")[0].lower()
    if command == "/start":
        return _started(knock, message, rest.strip()) if rest.strip() else say(message.chat.id, _HELLO)
    known = {f"/{one.code}" for module in registry.modules.values() if module.chat for one in module.chat.commands}
    if command == STOP or command in known:
        return begin(knock, message.chat.id, command)
    return say(message.chat.id, _help())


def _help() -> str:
    words = [module.chat for module in registry.modules.values() if module.chat]
    lines = [f"Напишите строкой, что сделать: {one.line.hint}" for one in words if one.line]
    commands = [f"/{one.code} — {one.title}" for each in words for one in each.commands]
    return together(
        [
            "Сюда приходят уведомления Пульта. Что ещё можно:",
            *lines,
            "Ответьте на сообщение о карточке — ответ станет комментарием.",
            *commands,
            f"{STOP} — отключить Telegram",
        ]
    )


def _started(knock: Knock, message: Message, code: str) -> Reply:
    try:
        owner = _linked(knock, message, code)
    except Refused as refusal:
        return say(message.chat.id, why(refusal))
    meet(knock.account, message.chat.id, owner.schema)
    told = f"Подключено: {quoted(owner.name)}. Сюда придут ваши уведомления. Что умеет бот: /help"
    return say(message.chat.id, told)


def _linked(knock: Knock, message: Message, code: str) -> Company:
    invited = redeem(knock.account, code)
    owner = find_company(invited.schema) if invited else None
    if invited is None or owner is None or not owner.is_open:
        raise LinkIsDead()
    if knock.company and knock.company.schema != owner.schema:
        raise LinkIsDead()
    sender = message.from_user
    name = f"@{sender.username}" if sender and sender.username else (sender.full_name if sender else "")
    with company_scope(owner):
        link_chat(invited.principal_id, account=knock.account, chat_id=message.chat.id, name=name)
    return owner


def _answered(knock: Knock, message: Message, origin: Message, text: str) -> Reply:
    chat_id, number = message.chat.id, message.message_id
    try:
        told = _heard(knock, origin, text, chat_id)
    except Refused as refusal:
        return say(chat_id, why(refusal), answers=number)
    return say(chat_id, told, answers=number) if told else NOTHING


def _heard(knock: Knock, origin: Message, text: str, chat_id: int) -> str:
    """Have the company whose message it is take the answer. Errors: MessageUnknown, what the deed refuses."""
    if origin.from_user is None or str(origin.from_user.id) != knock.account.bot_id:
        raise MessageUnknown()
    for owner in _speakers(knock, origin, chat_id):
        try:
            with company_scope(owner):
                told = answer_message(
                    origin.message_id, text, account=knock.account, chat_id=chat_id, update=knock.number
                )
        except MessageUnknown:
            continue
        meet(knock.account, chat_id, owner.schema)
        return told
    raise MessageUnknown()


def _speakers(knock: Knock, origin: Message, chat_id: int) -> Iterator[Company]:
    """Companies whose message it may be: those to whose hosts its links lead, then all that speak in the chat. Each
    looks for the message among its own."""
    if knock.company is not None:
        yield knock.company
        return
    hosts = dict.fromkeys(_HOST.findall(origin.text or ""))
    by_link = (find_company_at(host) for host in [*hosts][:_MOST_COMPANIES])
    by_memory = (find_company(schema) for schema in met(knock.account, chat_id)[:_MOST_COMPANIES])
    tried: set[str] = set()
    for owner in (*by_link, *by_memory):
        if owner is not None and owner.is_open and owner.schema not in tried:
            tried.add(owner.schema)
            yield owner
