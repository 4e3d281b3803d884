"""What people are told about exports."""

from core.notifications.kinds import BELL, Notification

READY = Notification("sheets.ready", "Выгрузка готова", "Файлы", channels=(BELL,))
