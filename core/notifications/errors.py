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
