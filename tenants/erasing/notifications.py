"""What owners are told about erasing."""

from core.notifications.kinds import BELL, MAIL, Notification

ERASURE = Notification("tenants.erasure", "Удаление компании", "Компания", channels=(BELL, MAIL), fixed=True)
