"""Rules of stages in words: «руководитель инициатора», «роль «Юрист»: достаточно одного»."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from core.access.models import Role
from core.entities.kinds import EntityKind
from core.organization.models import Department
from core.organization.people import people

from .contents import routes_of
from .models import ApprovalList
from .schemes import By, Performer, Rule, Stage, StageKind

_PICKED, _MANAGER, _OWN_HEAD = "по выбору отправителя", "руководитель инициатора", "руководитель отдела инициатора"


def rules_told(stages: Sequence[Stage], kind: EntityKind) -> dict[str, str]:
    """Whom or what each stage waits for, by its code; a statement for each sort of what its rules name."""
    say = _speaker([rule for stage in stages for rule in stage.asked_by], kind)
    return {stage.code: _people(stage, say) if stage.is_performed else _wait(stage, kind) for stage in stages}


def _people(stage: Stage, say: Callable[[Performer], str]) -> str:
    told = ", ".join(dict.fromkeys(say(rule) for rule in stage.performers))
    if told and stage.rule == Rule.ANY:
        return f"{told}: достаточно одного"
    if told and stage.rule == Rule.COUNT:
        return f"{told}: достаточно {stage.count}"
    return told


def _wait(stage: Stage, kind: EntityKind) -> str:
    if stage.kind == StageKind.WAIT:
        return f"ждёт: {routes_of(kind).signals.get(stage.signal, stage.signal)}"
    return f"ждёт {stage.hours} раб. ч" if stage.hours is not None else f"ждёт до даты «{stage.until}»"


def _speaker(rules: Sequence[Performer], kind: EntityKind) -> Callable[[Performer], str]:
    known = people({rule.value for rule in rules if rule.by == By.PERSON})
    roles = _titles(Role, "code", {rule.code for rule in rules if rule.by == By.ROLE})
    places = _titles(Department, "pk", {rule.value for rule in rules if rule.by == By.HEAD and rule.value})
    lists = _titles(ApprovalList, "pk", {rule.value for rule in rules if rule.by == By.LIST})
    fields = routes_of(kind).people

    def say(rule: Performer) -> str:
        match rule.by:
            case By.PERSON:
                return str(known[rule.value]["name"]) if rule.value in known else "сотрудник, которого больше нет"
            case By.ROLE:
                return f"роль «{roles[rule.code]}»" if rule.code in roles else "роль, которой больше нет"
            case By.HEAD if not rule.value:
                return _OWN_HEAD
            case By.HEAD:
                named = rule.value in places
                return f"руководитель отдела «{places[rule.value]}»" if named else "руководитель отдела, которого нет"
            case By.LIST:
                return f"лист «{lists[rule.value]}»" if rule.value in lists else "лист, которого больше нет"
            case By.FIELD:
                return f"поле «{fields[rule.code][0]}»" if rule.code in fields else "поле, которого больше нет"
        return _MANAGER if rule.by == By.MANAGER else _PICKED

    return say


def _titles(model: type[Model], key: str, wanted: set[Any]) -> Mapping[Any, str]:
    rows = model._default_manager.filter(**{f"{key}__in": wanted})
    return dict(rows.values_list(key, "title")) if wanted else {}
