"""Why a value of the past does not come back."""

from core.errors import Forbidden, Refused


class NotYoursToRestore(Forbidden):
    title = "Прежние значения возвращает тот, кто отвечает за карточку"


class NothingToRestore(Refused):
    code, status = "nothing-to-restore", 409
    title = "Возвращать нечего: значения и так прежние или вернуть их нельзя"


class TooLongAgo(Refused):
    code, status = "too-long-ago", 409
    title = "С того времени слишком много изменений. Верните поля по одному"
