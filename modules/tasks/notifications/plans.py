"""Notices about templates whose plans cannot give their tasks."""

from core.events.bus import Reader, Told
from core.notifications.actions import notify
from core.recurrence.events import OccurrenceFailed
from core.recurrence.queries import is_told_already

from ..events import NamedIsGone
from ..models import TaskTemplate
from .kinds import NOT_GIVEN


def tell_of_plans(told: Told) -> None:
    """Tell whoever answers for a template that its plan could not give its tasks; once, until it gives some again or
    another reason stops it."""
    template = TaskTemplate.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    if template is None or is_told_already(template.pk, told.id, told.payload["reason"]):
        return
    notify(
        {template.responsible_id or template.author_id},
        kind=NOT_GIVEN,
        subject=f"Повторяющаяся задача не поставлена: {template.title} ({template.number})",
        paragraphs=[told.payload["reason"], "Задачи по расписанию пойдут снова, когда это будет исправлено."],
        link_path=f"/tasks/templates/{template.pk}",
        fact_id=told.id,
        card=template,
        reason="задачи ставятся от вашего имени",
    )


def tell_of_gone(told: Told) -> None:
    """Tell whoever answers for a template that a role or a department of it is no more."""
    template = TaskTemplate.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    if template is None:
        return
    gone = f"«{told.payload['named']}» больше нет: роль или отдел удалили, и задачи по шаблону их людям не ставятся."
    notify(
        {told.payload["owner"]},
        kind=NOT_GIVEN,
        subject=f"Проверьте исполнителей шаблона: {template.title} ({template.number})",
        paragraphs=[gone, "Откройте шаблон и назначьте других."],
        link_path=f"/tasks/templates/{template.pk}",
        fact_id=told.id,
        card=template,
        reason="задачи ставятся от вашего имени",
    )


gone_letters = Reader("tasks.gone_letters", kinds=(NamedIsGone.kind,), effect=tell_of_gone)
plan_letters = Reader("tasks.plan_letters", kinds=(OccurrenceFailed.kind,), effect=tell_of_plans)
