"""What owners are told of money that goes by the unit."""

from core.notifications.kinds import BELL, MAIL, Notification

CEILING = Notification("metering.ceiling", "Предел расходов", "Компания", channels=(BELL, MAIL))
