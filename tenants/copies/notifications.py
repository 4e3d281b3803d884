"""What owners are told about copies of their company."""

from core.notifications.kinds import BELL, MAIL, Notification

# All data of the company leave by it: no owner may miss that.
TAKEN = Notification("tenants.copy_taken", "Скачивание ночной копии", "Компания", channels=(BELL, MAIL), fixed=True)
