"""What people are told about their appeals."""

from core.notifications.kinds import Notification

ANSWER = Notification("appeals.answer", "Ответ поддержки", "Компания")
