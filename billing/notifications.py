"""What owners are told about paying."""

from core.notifications.kinds import BELL, MAIL, Notification

# Nobody may miss that his company is about to be closed.
DUE = Notification("billing.due", "Оплата сервиса", "Компания", channels=(BELL, MAIL), fixed=True)
LIMITS = Notification("billing.limits", "Пределы тарифа", "Компания", channels=(BELL, MAIL))
