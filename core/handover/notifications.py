"""What people are told about dismissals."""

from core.notifications.kinds import BELL, Notification

DONE = Notification("handover.done", "Дела уволенного переданы", "Сотрудники", channels=(BELL,))
STOPPED = Notification("handover.stopped", "Увольнение остановлено", "Сотрудники", channels=(BELL,))
