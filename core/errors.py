"""What the product itself may refuse. Each refusal has a code, a status, a Russian sentence and what to do next."""

from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """A business refusal: the transaction rolls back and the person reads `detail`.

    `code` becomes the problem type `/problems/<code>`; `data` goes into the problem document.
    """

    code = "refused"
    status = 409
    title = "Так сделать нельзя"

    def __init__(self, detail: str = "", **data: Any) -> None:
        self.detail = detail or self.title
        self.data = data
        super().__init__(self.detail)


class NotSignedIn(Refused):
    code, status, title = "not-signed-in", 401, "Войдите, чтобы продолжить"


class AccessClosed(NotSignedIn):
    """Said only to whoever holds the cookie of a session of his: strangers learn nothing by it."""

    code = "access-closed"
    title = "Ваш доступ в эту компанию закрыт. Если это ошибка, обратитесь к её администратору или своему руководителю"


class Forbidden(Refused):
    code, status, title = "forbidden", 403, "Недостаточно прав. Попросите администратора компании открыть доступ"


class CrossSite(Refused):
    code, status, title = "cross-site", 403, "Запрос пришёл с чужой страницы. Обновите страницу и повторите"


class NotFound(Refused):
    code, status, title = "not-found", 404, "Не найдено: возможно, удалено или у вас нет доступа"


class KeyReadsOnly(Refused):
    code, status, title = "key-reads-only", 403, "Этот ключ только читает. Создайте ключ, которому можно изменять"


class SupportLooksOnly(Refused):
    code, status, title = "support-looks-only", 403, "Сейчас вы только смотрите. Включите изменения, если они разрешены"


class SupportMayNot(Refused):
    code, status = "support-may-not", 403
    title = "Поддержке это закрыто: люди, права, ключи, оплата и выгрузка данных остаются за компанией"


class ModuleOff(Refused):
    code, status, title = "module-off", 404, "Модуль выключен. Его включает администратор в настройках"


class Stale(Refused):
    """The card has changed since it was read; `current` carries what stands now."""

    code, status, title = "stale", 412, "Карточку уже изменил кто-то другой. Сверьте изменения и сохраните ещё раз"


class TooLarge(Refused):
    code, status, title = "too-large", 413, "Слишком большой запрос"


class Invalid(Refused):
    """Wrong fields: `Invalid({"due_at": "Срок в прошлом"})`."""

    code, status, title = "invalid", 422, "Проверьте выделенные поля"

    def __init__(self, errors: Mapping[str, str | list[str]], detail: str = "") -> None:
        super().__init__(detail)
        self.errors = {name: [found] if isinstance(found, str) else list(found) for name, found in errors.items()}


class SlowDown(Refused):
    """`retry_after` seconds."""

    code, status, title = "slow-down", 429, "Слишком часто. Подождите немного и повторите"


class OutsideSilent(Exception):
    """A service of the outside world does not answer: no fault of ours. Told without a trace, and tried again later."""


class Unavailable(Refused):
    code, status = "unavailable", 503
    title = "Служба временно недоступна. Повторите через минуту"
