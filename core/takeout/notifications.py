"""What owners are told about archives of their company."""

from core.notifications.kinds import BELL, MAIL, Notification

# All data of the company leave by it: no owner may miss that.
READY = Notification("takeout.ready", "Выгрузка данных компании", "Компания", channels=(BELL, MAIL), fixed=True)
