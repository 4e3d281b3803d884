"""Why an acknowledgement is refused."""

from core.errors import Forbidden, Invalid, Refused

MOST_READERS = 5000


class NotYourList(Forbidden):
    title = "Лист ознакомления меняют те, кто отвечает за карточку"


class NobodyAsked(Refused):
    code, status, title = "nobody-asked", 409, "Вас нет в листе ознакомления или вы уже ознакомились"


class EmptyList(Refused):
    code, status, title = "empty-list", 409, "В листе ознакомления никого нет. Сначала добавьте людей"


class AskedAlready(Refused):
    code, status = "asked-already", 409
    title = "Людей уже попросили ознакомиться снова. Обновите карточку и посмотрите, кто прочитал"


class AlreadyRead(Refused):
    code, status, title = "already-read", 409, "Человек уже ознакомился: отметка остаётся в листе"


class NobodyToAsk(Invalid):
    def __init__(self) -> None:
        super().__init__({"people": "Выберите людей, отделы или роли, в которых кто-то работает"})


class TooManyReaders(Invalid):
    def __init__(self) -> None:
        super().__init__({"people": f"В листе может быть не больше {MOST_READERS} человек"})
