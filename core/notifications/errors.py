"""Why a setting of notices is refused."""

from core.errors import Invalid, NotFound, Refused


class UnknownChoice(Invalid):
    def __init__(self, field: str, what: str) -> None:
        super().__init__({field: what})


class QuietHoursHalf(Invalid):
    def __init__(self) -> None:
        super().__init__({"quiet": "Укажите начало и конец тихих часов"})


class ChoiceIsFixed(Invalid):
    def __init__(self) -> None:
        super().__init__({"choices": "Этот канал включил или выключил администратор: здесь его не изменить"})


class LinkIsDead(Refused):
    code, status = "link-dead", 409
    title = "Ссылка устарела или уже использована. Откройте в Пульте настройки уведомлений и получите новую"


class ChatIsTaken(Refused):
    code, status = "chat-taken", 409
    title = "Этот чат уже подключён к другому сотруднику компании. Сначала отключите его там"


class ButtonIsDead(NotFound):
    title = "Кнопка больше не действует. Откройте карточку в Пульте"


class PushIsOff(Refused):
    code, status = "push-off", 409
    title = "Уведомления браузера в этой установке не настроены. Их включает тот, кто её ведёт"


class BrowserIsTaken(Refused):
    code, status = "browser-taken", 409
    title = "Этот браузер подписан другим человеком. Запретите и снова разрешите уведомления и повторите"


class EndpointUnlikely(Invalid):
    """`reason` is a Russian sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__({"endpoint": reason})


class PushKeysUnlikely(Invalid):
    def __init__(self) -> None:
        super().__init__({"keys": "Браузер прислал ключи, которые не читаются. Обновите страницу и повторите"})
