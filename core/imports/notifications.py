"""What people are told about imports."""

from core.notifications.kinds import BELL, Notification

DONE = Notification("imports.done", "Импорт завершён", "Файлы", channels=(BELL,))
