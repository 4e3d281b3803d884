"""Facts about runs of cards, and about how routes are set up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from core.events.bus import Change, Event

_LABELS = {
    "route": "Маршрут", "stage": "Этап", "decision": "Решение", "comment": "Комментарий", "person": "Решает",
    "question": "Вопрос", "answer": "Ответ",
}  # fmt: skip

_ENDINGS = {
    "approved": "завершил(а) маршрут: согласовано",
    "rejected": "завершил(а) маршрут: отклонено",
    "recalled": "отозвал(а) с маршрута",
}


@dataclass(frozen=True)
class RunEvent(Event):
    """`asked` are steps that have opened by what happened, `left` principals who are asked no more."""

    labels: ClassVar[dict[str, str]] = _LABELS
    run: int
    asked: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class RunStarted(RunEvent):
    kind: ClassVar[str] = "routes.started"
    title: ClassVar[str] = "отправил(а) по маршруту"


@dataclass(frozen=True)
class Decided(RunEvent):
    kind: ClassVar[str] = "routes.decided"
    title: ClassVar[str] = "принял(а) решение"
    step: int = 0
    verdict: str = ""
    hash: str = ""


@dataclass(frozen=True)
class StageHappened(RunEvent):
    """What a stage without people has waited for is there."""

    kind: ClassVar[str] = "routes.happened"
    title: ClassVar[str] = "закрыл(а) этап маршрута"


@dataclass(frozen=True)
class RunEnded(RunEvent):
    """`outcome` is approved, rejected or recalled. The line says it in its words: the change is for other readers."""

    kind: ClassVar[str] = "routes.ended"
    title: ClassVar[str] = "завершил(а) маршрут"
    labels: ClassVar[dict[str, str]] = {"comment": "Комментарий"}
    outcome: str = ""

    @classmethod
    def words(cls, payload: Mapping[str, Any]) -> str:
        return _ENDINGS.get(payload.get("outcome", ""), cls.title)


@dataclass(frozen=True)
class DecisionsVoid(RunEvent):
    """The card has been edited; `again` are principals whose decisions do not stand any more."""

    kind: ClassVar[str] = "routes.void"
    title: ClassVar[str] = "правкой вернул(а) карточку на согласование"
    again: tuple[int, ...] = ()


@dataclass(frozen=True)
class StepRedirected(RunEvent):
    kind: ClassVar[str] = "routes.redirected"
    title: ClassVar[str] = "передал(а) решение другому"
    labels: ClassVar[dict[str, str]] = _LABELS


@dataclass(frozen=True)
class ColleagueAsked(Event):
    kind: ClassVar[str] = "routes.asked"
    title: ClassVar[str] = "спросил(а) коллегу"
    labels: ClassVar[dict[str, str]] = _LABELS
    question: int
    person: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class QuestionAnswered(Event):
    kind: ClassVar[str] = "routes.answered"
    title: ClassVar[str] = "ответил(а) на вопрос"
    labels: ClassVar[dict[str, str]] = _LABELS
    question: int
    person: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class StageReminded(Event):
    """The term of a passing comes near."""

    kind: ClassVar[str] = "routes.reminded"
    title: ClassVar[str] = "напомнил о сроке этапа"
    labels: ClassVar[dict[str, str]] = _LABELS
    passing: int
    steps: tuple[int, ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class StageEscalated(Event):
    """The term of a passing has gone by; `told` are principals who are to know of it."""

    kind: ClassVar[str] = "routes.escalated"
    title: ClassVar[str] = "сообщил руководителю о просрочке этапа"
    labels: ClassVar[dict[str, str]] = _LABELS
    passing: int
    told: tuple[int, ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class RouteSetUp(Event):
    """A route, or an approval list, has been added, changed or put away."""

    kind: ClassVar[str] = "routes.set_up"
    title: ClassVar[str] = "настроил(а) маршруты"
    labels: ClassVar[dict[str, str]] = {"route": "Маршрут", "list": "Лист согласования", "deed": "Что сделано"}
    card_kind: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class RoutePublished(Event):
    """`number` of the version along which cards go from now on."""

    kind: ClassVar[str] = "routes.published"
    title: ClassVar[str] = "опубликовал(а) маршрут"
    labels: ClassVar[dict[str, str]] = {"route": "Маршрут", "version": "Версия"}
    route: int
    number: int
    changes: tuple[Change, ...] = ()


FACTS = (
    RunStarted, Decided, StageHappened, RunEnded, DecisionsVoid, StepRedirected, ColleagueAsked, QuestionAnswered,
    StageReminded, StageEscalated, RouteSetUp, RoutePublished,
)  # fmt: skip
