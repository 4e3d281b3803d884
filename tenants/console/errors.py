"""What the console may refuse."""

from core.errors import Refused


class TotpNeeded(Refused):
    code, status, title = "totp-needed", 403, "Сначала включите вход по коду: без него консоль ничего не показывает"


class LastChief(Refused):
    code, status, title = "last-chief", 409, "Это последний главный оператор. Сначала назначьте другого"


class NotSuspendable(Refused):
    code, status, title = "not-suspendable", 409, "Приостановить можно только работающую компанию"


class NotSuspended(Refused):
    code, status, title = "not-suspended", 409, "Компания не приостановлена, возвращать нечего"


class NoConsent(Refused):
    code, status = "no-consent", 409
    title = "Компания не открыла доступ поддержке. Попросите владельца: «Настройки → Доступ поддержки»"


class ReadingConsent(Refused):
    code, status = "reading-consent", 403
    title = "Владелец разрешил только смотреть. Чтобы менять, попросите его открыть доступ с изменениями"


class NotParked(Refused):
    code, status, title = "not-parked", 409, "Эта работа уже повторяется или сделана. Обновите список"
