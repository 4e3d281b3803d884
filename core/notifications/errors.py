"""Why a setting of notices is refused."""

from core.errors import Invalid, NotFound, Refused


class UnknownChoice(Invalid):
    def __init__(self, field: str, what: str) -> None:
        super().__init__({field: what})


class QuietHoursHalf(Invalid):
    def __init__(self) -> None:
        super().__init__({"quiet": "Укажите начало и конец тихих часов"})


class QuietHoursEmpty(Invalid):
    def __init__(self) -> None:
        text = "Тихие часы начинаются и заканчиваются в одно время. Укажите разное или выключите тихие часы"
        super().__init__({"quiet": text})


class ChoiceIsFixed(Invalid):
    def __init__(self) -> None:
        super().__init__({"choices": "Этот канал включил или выключил администратор: здесь его не изменить"})


class NoMobileNumber(Refused):
    code, status = "no-mobile-number", 409
    title = "В вашей карточке нет мобильного номера. Укажите его, сохраните и повторите"


class PhoneIsProved(Refused):
    code, status, title = "phone-proved", 409, "Этот номер уже подтверждён. Обновите страницу"


class PhoneCodeWrong(Invalid):
    def __init__(self) -> None:
        super().__init__({"code": "Код не подошёл. Проверьте цифры в последней SMS"})


class PhoneCodeDead(Invalid):
    def __init__(self) -> None:
        super().__init__({"code": "Этот код больше не действует. Запросите новый"})


class LinkIsDead(Refused):
    code, status = "link-dead", 409
    title = "Ссылка устарела или уже использована. Откройте в Пульте настройки уведомлений и получите новую"


class ChatIsTaken(Refused):
    code, status = "chat-taken", 409
    title = "Этот чат уже подключён к другому сотруднику компании. Сначала отключите его там"


class ButtonIsDead(NotFound):
    title = "Кнопка больше не действует. Откройте карточку в Пульте"


class MessageUnknown(NotFound):
    title = "Не нашли карточку этого сообщения. Ответьте на уведомление о ней или откройте её в Пульте"


class CardIsGone(NotFound):
    title = "Карточка вам больше не видна: возможно, её удалили или закрыли для вас"


class SeveralCards(Refused):
    code, status = "several-cards", 409
    title = "Это сообщение о нескольких карточках, и непонятно, к какой ваш ответ. Откройте нужную по ссылке"


class NotAboutCard(Refused):
    code, status = "not-about-card", 409
    title = "Это сообщение не о карточке, и ответ на него никуда не попадёт. Откройте карточку в Пульте"


class NoTalkThere(Refused):
    code, status = "no-talk-there", 409
    title = "У этой карточки нет обсуждения. Откройте её в Пульте"


class NotUnderstood(Refused):
    """`title` is a sentence that says what to write instead."""

    code, status = "not-understood", 422
    title = "Не получилось понять. Напишите иначе"


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
