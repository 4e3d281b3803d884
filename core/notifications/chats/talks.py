"""What takes more than one message: a line that becomes a card, letting the chat go, anything while several companies
speak in one chat. In between it is kept in Redis under a number that nobody guesses; nothing is done before a press.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.companies import find_company
from core.context import Company, company_scope, current_company
from core.entitlements.port import must_be_open
from core.errors import Refused
from core.gateways.queries import gateway
from core.gateways.rules import TELEGRAM as TELEGRAM_GATEWAY
from core.gateways.telegram.memory import keep, met, new_token, part, recall
from core.language.quotes import quoted
from core.registry import registry

from ..channels.buttons import DOOR
from ..errors import ButtonIsDead, NotUnderstood
from ..queries import person_at
from ..rules import address_of
from .actions import is_first, note_answer, say_again, unlink_chat
from .answers import Knock, Reply, say, toast, together, why
from .registry import Line

LINE, STOP = "line", "/stop"
_STEP = re.compile(r"~([0-9]{1,19}):(ok|no|[kp][0-9])")
_MOST_COMPANIES, _MOST_CHOICES = 8, 5
_FORGOTTEN = "Это уже забыто. Напишите ещё раз"
_NOBODY = (
    "Это бот Пульта. Чтобы подключить его, откройте в Пульте «Настройки → Уведомления» и нажмите «Подключить». Если он"
    " уже подключён, ответьте на любое его сообщение или нажмите кнопку под ним и напишите ещё раз."
)
_MORE = "Если нужного нет, нажмите «Отмена» и напишите имя полностью."
_NOTHING_HERE = "В этой компании из чата ничего не создают: нужный модуль выключен"
_Talk = dict[str, Any]


def begin(knock: Knock, chat_id: int, deed: str, text: str = "") -> Reply:
    """Answer what somebody has written: at once, with a question, or with what would be done."""
    owners = companies_of(knock, chat_id)
    if not owners:
        return say(chat_id, _NOBODY)
    token = new_token()
    talk: _Talk = {"chat": chat_id, "scope": knock.account.scope, "deed": deed, "text": text, "chosen": []}
    talk |= {"at": timezone.now().isoformat(), "schemas": [owner.schema for owner in owners]}
    try:
        if len(owners) == 1:
            _within(knock, talk, owners[0], lambda actor: _turn(token, talk, actor))
        else:
            names = [(quoted(owner.name), _data(token, f"k{place}")) for place, owner in enumerate(owners)]
            talk |= {"shown": "В какой компании?", "buttons": [*names, ("Отмена", _data(token, "no"))]}
    except Refused as refusal:
        return say(chat_id, why(refusal))
    if talk["buttons"]:
        keep(token, talk)
    return say(chat_id, talk["shown"], talk["buttons"])


def is_step(data: str) -> bool:
    """Whether a press goes on with a talk."""
    return data.startswith("~")


def go_on(knock: Knock, query: Any) -> Reply:
    """Answer a press under one of the bot's own questions."""
    read = _STEP.fullmatch(query.data or "")
    talk = recall(int(read[1])) if read else None
    if read is None or talk is None or (talk["chat"], talk["scope"]) != (query.from_user.id, knock.account.scope):
        return toast(query.id, _FORGOTTEN)
    if query.message is not None:
        talk |= {"message": query.message.message_id, "bot": knock.account.bot_id}
    try:
        return toast(query.id, _stepped(knock, int(read[1]), talk, read[2]))
    except Refused as refusal:
        return toast(query.id, why(refusal))


def companies_of(knock: Knock, chat_id: int) -> list[Company]:
    """Companies to somebody of which the chat is tied, each asked itself."""
    if knock.company is not None:
        candidates = [knock.company]
    else:
        found = (find_company(schema) for schema in met(knock.account, chat_id)[:_MOST_COMPANIES])
        candidates = [owner for owner in found if owner is not None and owner.is_open]
    return [owner for owner in candidates if _is_tied(knock, owner, chat_id)]


def _is_tied(knock: Knock, owner: Company, chat_id: int) -> bool:
    with company_scope(owner):
        return person_at(knock.account, chat_id) is not None


def _stepped(knock: Knock, token: int, talk: _Talk, step: str) -> str:
    """Do what a press says, and have the message above say what stands now; what to answer the press."""
    place = int(step[1:]) if step[0] in "kp" else -1
    if step[0] == "k":
        if place >= len(talk["schemas"]):
            raise ButtonIsDead()
        talk["schemas"] = [talk["schemas"][place]]
    owner = find_company(talk["schemas"][0])
    if owner is None or not owner.is_open or (knock.company and knock.company.schema != owner.schema):
        raise ButtonIsDead()

    def run(actor: Actor) -> str:
        said = _taken(token, talk, step, place, actor)
        keep(token, talk)
        say_again(token)
        return said

    said = _within(knock, talk, owner, run)
    if talk["deed"] == STOP and step == "ok":
        part(knock.account, talk["chat"], owner.schema)
    return said


def _within(knock: Knock, talk: _Talk, owner: Company, run: Callable[[Actor], str]) -> str:
    with company_scope(owner):
        person = person_at(knock.account, talk["chat"])
        if person is None:
            raise ButtonIsDead()
        return run(actor_of_principal(person, door=DOOR))


def _taken(token: int, talk: _Talk, step: str, place: int, actor: Actor) -> str:
    if step in ("ok", "no"):
        if not is_first(actor.principal_id, f"talk:{token}"):
            return talk["shown"].split("\n")[0]
        talk["buttons"] = []
        talk["shown"] = _done(talk, actor) if step == "ok" else "Отменено"
        return talk["shown"].split("\n")[0]
    if step[0] == "p":
        if place >= len(talk.get("choices", ())):
            raise ButtonIsDead()
        talk["chosen"].append(talk["choices"][place])
    return _turn(token, talk, actor)


def _turn(token: int, talk: _Talk, actor: Actor) -> str:
    """Put into a talk what it says next in the open company, and the buttons below; its first line."""
    yes, no = _data(token, "ok"), ("Отмена", _data(token, "no"))
    name = quoted(current_company().name)
    if talk["deed"] == LINE:
        _read(token, talk, actor, no)
    elif talk["deed"] == STOP:
        shown = f"Отключить Telegram от {name}? Уведомления этой компании сюда больше не придут."
        talk |= {"shown": shown, "buttons": [("Отключить", yes), no]}
    else:
        talk |= {"shown": together([name, *_listed(talk["deed"], actor)]), "buttons": []}
    return talk["shown"].split("\n")[0]


def _read(token: int, talk: _Talk, actor: Actor, no: tuple[str, str]) -> None:
    draft = _line().read(actor, talk["text"], datetime.fromisoformat(talk["at"]), talk["chosen"])
    name = quoted(current_company().name)
    if draft.question:
        choices = draft.choices[:_MOST_CHOICES]
        more = _MORE if len(draft.choices) > len(choices) else ""
        keys = [(title, _data(token, f"p{place}")) for place, (_, title) in enumerate(choices)]
        shown = together([name, draft.question, more])
        talk |= {"shown": shown, "buttons": [*keys, no], "choices": [one for one, _ in choices]}
        return
    talk |= {
        "shown": together([name, *draft.said]),
        "buttons": [("Создать", _data(token, "ok")), no],
        "values": draft.values,
    }


def _done(talk: _Talk, actor: Actor) -> str:
    company = current_company()
    if talk["deed"] == STOP:
        unlink_chat(by=actor)
        return f"Отключено: {quoted(company.name)}. Подключить снова можно в Пульте: «Настройки → Уведомления»."
    if "values" not in talk:
        raise ButtonIsDead()
    must_be_open(company, writes=True)
    said, card = _line().make(actor, talk["values"])
    path = f"{registry.kind_of(card.kind).route}/{card.pk}"
    if "message" in talk:
        place = {"chat_id": talk["chat"], "number": talk["message"], "bot_id": talk["bot"]}
        note_answer(card, said, path, **place, by=actor)
    return together([said, address_of(company, path)])


def _line() -> Line:
    found = next((words.line for words in registry.chat_words() if words.line), None)
    if found is None:
        raise NotUnderstood(_NOTHING_HERE)
    return found


def _listed(code: str, actor: Actor) -> list[str]:
    commands = (one for words in registry.chat_words() for one in words.commands)
    found = next((one for one in commands if f"/{one.code}" == code), None)
    if found is None:
        raise NotUnderstood(_NOTHING_HERE)
    heading, rows = found.run(actor, bool(gateway(TELEGRAM_GATEWAY).options.get("details", False)))
    company = current_company()
    return [heading, *(line for text, path in rows for line in (text, address_of(company, path)))]


def _data(token: int, step: str) -> str:
    return f"~{token}:{step}"
