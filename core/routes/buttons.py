"""Deciding right under a message: what the buttons say names the content that the message was about."""

from core.access.actor import Actor
from core.entities.models import Entity
from core.notifications.kinds import Button, Buttons

from .actions.deciding import decide_step
from .errors import ContentChanged, NotYourStep
from .models import Step
from .queries import waiting_steps
from .rules import Verdict
from .waiting import allowed_in

# Verdict → (the sign in a button's code, button, what is asked, what is answered).
_SAID = {
    Verdict.APPROVE: ("a", "Согласовать", "", "согласовано"),
    Verdict.DONE: ("d", "Готово", "", "отмечено: готово"),
    Verdict.RETURN: ("r", "На доработку", "Что исправить?", "возвращено на доработку"),
    Verdict.REJECT: ("x", "Отклонить", "Почему отклоняете?", "отклонено"),
}
_BY_SIGN = {sign: verdict for verdict, (sign, *_) in _SAID.items()}
# So much of a hash tells one content of a run from another, and a button bears no more.
_HASH = 8


def offered(card: Entity, by: Actor) -> list[Button]:
    """What whoever is asked may say; nothing once the card says something else than when he was asked: he looks at it
    first. Nothing either to whoever is asked in two stages at once: a button could not tell which is meant."""
    step = _step(card, by)
    if step is None or (content := step.passing.run.content) is None or step.opened_at is None:
        return []
    if content.created_at > step.opened_at:
        return []
    seen, allowed = content.hash[:_HASH], allowed_in(step)
    return [
        Button(f"{sign}{seen}", title, asks) for verdict, (sign, title, asks, _) in _SAID.items() if verdict in allowed
    ]


def press(card: Entity, by: Actor, code: str, text: str) -> str:
    """Decide as a button says. Errors: NotYourStep, ContentChanged, those of `decide_step`."""
    step, verdict = _step(card, by), _BY_SIGN.get(code[:1])
    if step is None or verdict is None:
        raise NotYourStep()
    content = step.passing.run.content
    if content is None or step.opened_at is None or content.created_at > step.opened_at:
        raise ContentChanged()
    if content.hash[:_HASH] != code[1:]:
        raise ContentChanged()
    decide_step(step, verdict=verdict, comment=text, seen=content.hash, by=by)
    return f"{card.number or card.title}: {_SAID[verdict][3]}"


def _step(card: Entity, by: Actor) -> Step | None:
    found = list(waiting_steps(by).filter(passing__run__entity=card.pk)[:2])
    return found[0] if len(found) == 1 else None


DECIDING = Buttons(offered, press)
