"""What a company decides about its tasks."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils import timezone

from core.context import current_company
from core.options.kinds import Choice, Employees, Option, Text, Whole, YesNo
from core.options.queries import option

from .permissions import RULES
from .rules import Deed, end_of_workday

_GIVING, _ACCEPTING, _TIES = "Постановка", "Сдача и проверка", "Подзадачи и зависимости"


class Closing(TextChoices):
    """What happens to the open subtasks of a task that is closed."""

    REFUSE = "refuse", "Не закрывать"
    ASK = "ask", "Спросить"
    TOGETHER = "together", "Закрыть вместе"


class Starting(TextChoices):
    """What happens when a task that depends on open ones is begun."""

    REFUSE = "refuse", "Не начинать"
    WARN = "warn", "Предупредить"
    ALLOW = "allow", "Разрешить"


DUE_DAYS = Option(
    "tasks.due_days",
    "Срок по умолчанию",
    "Столько рабочих дней даётся на новую задачу, если срок не назвали: до 18:00 последнего из них",
    Whole(0, 365, unit="раб. дн.", none="без срока"),
    default=0,
    group=_GIVING,
    permission=RULES,
)
# Whoever names them decides who sees all that is given: more than to keep the rules of tasks.
CONTROLLERS: Option[tuple[int, ...]] = Option(
    "tasks.controllers",
    "Контролёры",
    "Видят каждую новую задачу как наблюдатели — кроме личных",
    Employees(10),
    default=(),
    group=_GIVING,
)
NEEDS_APPROVAL = Option(
    "tasks.needs_approval",
    "Черновики ставятся только после утверждения",
    "Автор отправляет черновик на утверждение; без него черновик не поставить ни кнопкой, ни по дате",
    YesNo(),
    default=False,
    group=_GIVING,
    permission=RULES,
)
NEEDS_REASON = Option(
    "tasks.needs_reason",
    "Перенос срока требует причины",
    "Кто переносит срок чужой задачи, пишет почему: причину увидят исполнитель и история",
    YesNo(),
    default=True,
    group=_GIVING,
    permission=RULES,
)
REPORT_REQUIRED = Option(
    "tasks.report_required",
    "Отчёт при сдаче задачи обязателен",
    "Без текста о том, что сделано, задачу нельзя сдать на проверку",
    YesNo(),
    default=False,
    group=_ACCEPTING,
    permission=RULES,
)
REPORT_HINT = Option(
    "tasks.report_hint",
    "Что должно быть в отчёте",
    "Эти слова увидит исполнитель, если отчёт обязателен, а он его не написал",
    Text(200),
    default="Напишите отчёт: что сделано и где результат",
    group=_ACCEPTING,
    permission=RULES,
)
OWN_WITHOUT_REVIEW = Option(
    "tasks.own_without_review",
    "Свою задачу закрывают без проверки",
    "Если инициатор и исполнитель — один человек, он закрывает задачу сразу. Иначе сначала сдаёт, потом принимает",
    YesNo(),
    default=True,
    group=_ACCEPTING,
    permission=RULES,
)
CLOSING = Option(
    "tasks.closing",
    "Закрывают задачу с открытыми подзадачами",
    "То же при отмене",
    Choice(tuple(Closing.choices)),
    default=Closing.ASK.value,
    group=_TIES,
    permission=RULES,
)
STARTING = Option(
    "tasks.starting",
    "Начинают задачу, которая ждёт других",
    "Пока не завершены те, от которых она зависит",
    Choice(tuple(Starting.choices)),
    default=Starting.WARN.value,
    group=_TIES,
    permission=RULES,
)
OPTIONS = (
    DUE_DAYS, CONTROLLERS, NEEDS_APPROVAL, NEEDS_REASON, REPORT_REQUIRED, REPORT_HINT, OWN_WITHOUT_REVIEW, CLOSING,
    STARTING,
)  # fmt: skip


def usual_due() -> datetime | None:
    """When a task that is given now without a due moment is due; None where the company gives none."""
    days = option(DUE_DAYS)
    zone = ZoneInfo(current_company().time_zone)
    return end_of_workday(timezone.now().astimezone(zone).date(), days, zone) if days else None


def wanted_of(deed: Deed) -> str:
    """What the text of a deed that asks for one is to say."""
    if deed.code == "submit":
        return option(REPORT_HINT) or "Напишите, что сделано"
    return "Напишите, что нужно сделать"
