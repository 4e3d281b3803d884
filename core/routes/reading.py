"""Schemes as JSON: read from what people draw, checked, kept. No database."""

from collections.abc import Collection, Mapping
from typing import Any

from core.formulas.checking import check
from core.formulas.errors import FormulaError
from core.formulas.parsing import parse
from core.formulas.values import Kind, Types
from core.texts import clean_line

from .errors import WrongScheme
from .schemes import REWORK, TO_INITIATOR, By, Escalation, Performer, Rule, Scheme, Stage, StageKind

MOST_STAGES, MOST_PERFORMERS, MOST_HOURS, MOST_COUNT = 50, 50, 2000, 1000
_LONGEST_TITLE, _LONGEST_CODE = 100, 40


def scheme_of(kept: Mapping[str, Any]) -> Scheme:
    """A scheme as it is kept."""
    return Scheme(tuple(_stage(one) for one in kept["stages"]), from_start=kept["from_start"])


def kept_scheme(scheme: Scheme) -> dict[str, Any]:
    """As JSON: what `scheme_of` reads."""
    return {"stages": [_kept(stage) for stage in scheme.stages], "from_start": scheme.from_start}


def checked(scheme: Scheme, *, types: Types, people: Collection[str], signals: Collection[str]) -> Scheme:
    """The same scheme when cards can go along it. `types` are what conditions may read. Errors: WrongScheme."""
    if not scheme.stages:
        raise WrongScheme("Добавьте хотя бы один этап")
    if len(scheme.stages) > MOST_STAGES:
        raise WrongScheme(f"Этапов может быть не больше {MOST_STAGES}")
    known: list[str] = []
    for stage in scheme.stages:
        _check_name(stage, known)
        _check_place(scheme, stage, known)
        condition_holds(stage.condition, types, at=stage.code)
        _check_people(stage, people)
        _check_waits(stage, types, signals)
        _check_terms(stage)
        known.append(stage.code)
    return scheme


def condition_holds(condition: str, types: Types, *, at: str = "") -> None:
    """Refuse a condition that is none. Errors: WrongScheme."""
    wrong, _ = fault_of(condition, types)
    if wrong:
        raise WrongScheme(wrong, at)


def fault_of(condition: str, types: Types) -> tuple[str | None, int | None]:
    """(why a condition is none, at which sign of it); nothing is wrong with an empty one: it always holds."""
    if not condition:
        return None, None
    try:
        gives = check(parse(condition), types).kind
    except FormulaError as wrong:
        return f"Условие: {wrong.sentence}", wrong.at
    if gives != Kind.FLAG:
        return "Условие отвечает «да» или «нет», например [Сумма] > 100000", None
    return None, None


def _check_name(stage: Stage, known: list[str]) -> None:
    if not stage.code or len(stage.code) > _LONGEST_CODE or not stage.code.isascii() or stage.code == REWORK:
        raise WrongScheme("У этапа нет своего кода. Удалите этап и добавьте снова", stage.code)
    if stage.code in known:
        raise WrongScheme("Два этапа с одним кодом. Удалите один и добавьте снова", stage.code)
    if not clean_line(stage.title) or len(stage.title) > _LONGEST_TITLE:
        raise WrongScheme(f"Назовите этап, до {_LONGEST_TITLE} знаков", stage.code)


def _check_place(scheme: Scheme, stage: Stage, known: list[str]) -> None:
    if set(stage.after) - set(known):
        raise WrongScheme("Этап может идти только после тех, что стоят до него", stage.code)
    if stage.on_reject is None or stage.on_reject == TO_INITIATOR:
        return
    if stage.on_reject not in scheme.before(stage.code):
        raise WrongScheme("При отказе можно вернуть только на этап, который этому предшествует", stage.code)


def _check_people(stage: Stage, people: Collection[str]) -> None:
    if not stage.is_performed:
        return
    if not stage.performers:
        raise WrongScheme("Укажите, кто решает на этом этапе", stage.code)
    if len(stage.performers) > MOST_PERFORMERS:
        raise WrongScheme(f"Правил может быть не больше {MOST_PERFORMERS}. Составьте лист согласования", stage.code)
    if any(one.by == By.FIELD and one.code not in people for one in stage.performers):
        raise WrongScheme("Такого поля с сотрудником у карточки нет", stage.code)
    if stage.rule == Rule.COUNT and not 0 < stage.count <= MOST_COUNT:
        raise WrongScheme("Скажите, сколько человек должны согласиться", stage.code)


def _check_waits(stage: Stage, types: Types, signals: Collection[str]) -> None:
    if stage.kind == StageKind.WAIT and stage.signal not in signals:
        raise WrongScheme("Выберите, чего ждёт этап", stage.code)
    if stage.kind == StageKind.TIMER and stage.hours is None and types.get(stage.until) != Kind.DAY:
        raise WrongScheme("Укажите, сколько рабочих часов ждать или до какой даты", stage.code)


def _check_terms(stage: Stage) -> None:
    if any(one is not None and not 0 < one <= MOST_HOURS for one in (stage.hours, stage.remind)):
        raise WrongScheme(f"Срок — от 1 до {MOST_HOURS} рабочих часов", stage.code)
    if not 0 <= stage.escalate <= MOST_HOURS:
        raise WrongScheme(f"Просрочка — до {MOST_HOURS} рабочих часов", stage.code)
    if stage.hours is None and (stage.remind is not None or stage.escalation != Escalation.NONE):
        raise WrongScheme("Без срока нельзя ни напомнить, ни передать выше. Укажите срок этапа", stage.code)
    if stage.remind is not None and stage.hours is not None and stage.remind >= stage.hours:
        raise WrongScheme("Напоминание должно прийти раньше, чем выйдет срок", stage.code)


def _stage(kept: Mapping[str, Any]) -> Stage:
    told = dict(kept)
    cares = told.pop("cares", None)
    performers = tuple(
        Performer(By(one["by"]), one.get("value", 0), one.get("code", "")) for one in told.pop("performers", ())
    )
    return Stage(
        **told
        | {
            "kind": StageKind(told.get("kind", StageKind.APPROVAL)),
            "rule": Rule(told.get("rule", Rule.ALL)),
            "escalation": Escalation(told.get("escalation", Escalation.NONE)),
            "after": tuple(told.get("after", ())),
            "cares": None if cares is None else frozenset(cares),
            "performers": performers,
        }
    )


def _kept(stage: Stage) -> dict[str, Any]:
    told = {name: getattr(stage, name) for name in Stage.__dataclass_fields__}
    return told | {
        "kind": stage.kind.value,
        "rule": stage.rule.value,
        "escalation": stage.escalation.value,
        "after": list(stage.after),
        "cares": None if stage.cares is None else sorted(stage.cares),
        "performers": [{"by": one.by.value, "value": one.value, "code": one.code} for one in stage.performers],
    }
