"""Notices about comments: to those mentioned and to whom the card concerns; never to the one who wrote.

Whom it concerns is the same for every kind: whoever answers for the card (an employee's card is his own), its author,
co-workers, watchers, and those who have spoken on it before; each only as long as he sees the card. Whoever may read a
card reads its talk: where everybody sees colleagues' cards, what is said there is said before all, the person himself
among them.
"""

from core.access.actor import Actor
from core.context import current_company
from core.entities.kinds import EntityKind
from core.entities.models import Entity, Participant
from core.entities.participants import people_of
from core.events.bus import Reader, Told
from core.language.quotes import quoted
from core.notifications.actions import notify
from core.notifications.kinds import BELL, Button, Buttons, Notification
from core.organization.people import people
from core.registry import registry

from .actions import comment
from .events import Commented, CommentEdited
from .models import Comment
from .queries import living, speakers, split_by_sight
from .rules import plain_of, said_elsewhere

_LONGEST = 1000
_GROUP = "Обсуждения"
_REPLY = Button("reply", "Ответить", asks="Напишите ответ: он появится в обсуждении карточки")


def offered(card: Entity, by: Actor) -> list[Button]:
    """«Ответить»: whoever sees a card may speak about it."""
    return [_REPLY]


def press(card: Entity, by: Actor, code: str, text: str) -> str:
    """Say under a message what is answered to it. Errors: Invalid."""
    comment(card, registry.kind_of(card.kind), text=said_elsewhere(text), by=by)
    return "Комментарий добавлен"


ANSWERING = Buttons(offered, press)
MENTIONED = Notification("comments.mentioned", "Вас упомянули в обсуждении", _GROUP, is_mention=True, buttons=ANSWERING)
WRITTEN = Notification("comments.written", "Новый комментарий", _GROUP, is_talk=True, buttons=ANSWERING)
# Who only looks on, or has once said something, is not written letters to, unless he wants them.
OVERHEARD = Notification(
    "comments.overheard",
    "Новый комментарий там, где вы наблюдаете или писали",
    _GROUP,
    channels=(BELL,),
    is_talk=True,
    buttons=ANSWERING,
)
Part = Participant.Part
# Whom a word concerns besides those it names: the part, the kind of notice, why he gets it; the first that fits.
_AROUND = (
    (Part.RESPONSIBLE, WRITTEN, "вы исполнитель"),
    (Part.AUTHOR, WRITTEN, "вы инициатор"),
    (Part.CO_WORKER, WRITTEN, "вы соисполнитель"),
    (Part.WATCHER, OVERHEARD, "вы наблюдаете"),
)
_SPOKE = (OVERHEARD, "вы писали здесь")
Why = tuple[Notification, str]


def tell_people(told: Told) -> None:
    """Write the letters that a comment asks for, to whoever still may see its card when the fact is read."""
    said = living().select_related("entity").filter(pk=told.payload["comment_id"]).first()
    kind = registry.kind(told.ref.kind) if told.ref else None
    if said is None or kind is None or kind not in registry.live_kinds(current_company().modules):
        return
    mentioned = set(told.payload["mentioned"]) - {told.actor_id}
    around = {} if told.kind != Commented.kind or told.payload["announced"] else _around(said.entity, kind)
    seeing, _ = split_by_sight((mentioned | set(around)) - {told.actor_id}, kind, said.entity_id)
    if not seeing:
        return
    author, words = _words(said)
    _send(told, kind, said.entity, mentioned & seeing, MENTIONED, f"{author} упоминает вас", words, "вас упомянули")
    for why in dict.fromkeys(around.values()):
        to = {who for who in seeing - mentioned if around.get(who) == why}
        _send(told, kind, said.entity, to, why[0], f"{author} пишет", words, why[1])


def _around(card: Entity, kind: EntityKind) -> dict[int, Why]:
    """Whom the card concerns (principals), and why he is addressed: by the first that fits of his parts."""
    held = people_of([card.pk], *(part for part, _, _ in _AROUND)).get(card.pk, {})
    own: dict[str, int | None] = {Part.RESPONSIBLE: card.responsible_id, Part.AUTHOR: card.author_id}
    found: dict[int, Why] = {}
    for part, what, reason in _AROUND:
        first = own.get(part)
        for who in [*([first] if first else []), *held.get(part, ())]:
            found.setdefault(who, (what, kind.addressed.get(part, reason)))
    for who in speakers(card.pk):
        found.setdefault(who, _SPOKE)
    return found


def _words(said: Comment) -> tuple[str, str]:
    known = people([said.author_id, *said.mentions])
    names = {known[who]["id"]: known[who]["name"] for who in said.mentions if who in known}
    text = plain_of(said.text, names)
    return known[said.author_id]["name"], text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _send(
    told: Told,
    kind: EntityKind,
    card: Entity,
    to: set[int],
    what: Notification,
    opening: str,
    words: str,
    reason: str,
) -> None:
    if not to:
        return
    notify(
        to,
        kind=what,
        # An SMS is this line alone: after a colon the card's title would be read as what has been said.
        subject=f"{opening} в обсуждении {quoted(card.title)}",
        paragraphs=[f"{opening} ({kind.title.lower()} «{card.title}»):", *words.split("\n")],
        link_path=f"{kind.route}/{card.pk}",
        fact_id=told.id,
        card=card,
        reason=reason,
    )


letters = Reader("comments.letters", (Commented.kind, CommentEdited.kind), effect=tell_people)
