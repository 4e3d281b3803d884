"""Why something about routes is refused."""

from core.errors import Forbidden, Invalid, Refused

from .rules import Why


class NotYourRoute(Forbidden):
    title = "Отправляют по маршруту и отзывают те, кто отвечает за карточку. Попросите их"


class NotYourStep(Forbidden):
    title = "Решение ждут от другого человека. Попросите его или того, кто настраивает маршруты"


class OnRouteAlready(Refused):
    code, status, title = "on-route-already", 409, "Карточка уже идёт по маршруту. Дождитесь решения или отзовите её"


class NotOnRoute(Refused):
    code, status, title = "not-on-route", 409, "Карточка не идёт по маршруту. Обновите страницу"


class NoRoute(Refused):
    code, status = "no-route", 409
    title = "Для такой карточки нет подходящего маршрута. Выберите его сами или попросите администратора настроить"


class NobodyPicked(Invalid):
    def __init__(self) -> None:
        super().__init__({"people": "Выберите, кто согласует: в этом маршруте людей называет отправитель"})


class NobodyToPick(Invalid):
    def __init__(self) -> None:
        super().__init__({"people": "В этом маршруте согласующие уже заданы. Отправьте без выбора или возьмите другой"})


class RouteIsNotPublished(Refused):
    code, status, title = "route-not-published", 409, "Маршрут ещё не опубликован. Опубликуйте его или выберите другой"


class NobodyPerforms(Refused):
    code, status = "nobody-performs", 409
    title = "На этапе некому решать: по правилам маршрута никто не нашёлся. Поправьте маршрут или карточку"


class ContentChanged(Refused):
    """`fields` have changed since the person has looked, `changes` say from what to what; `hash` is what stands now."""

    code, status = "content-changed", 412
    title = "Карточку изменили, пока вы её смотрели. Посмотрите, что изменилось, и решите ещё раз"


class CommentNeeded(Invalid):
    def __init__(self) -> None:
        super().__init__({"text": "Напишите, почему: без этого не понять, что исправить"})


class NoSuchPerson(Invalid):
    def __init__(self, name: str = "to") -> None:
        super().__init__({name: "Выберите сотрудника, который работает"})


class QuestionIsOpen(Refused):
    code, status, title = "question-is-open", 409, "Этого человека вы уже спросили. Дождитесь ответа"


class NotAsked(Refused):
    code, status, title = "not-asked", 409, "Вопрос не вам или на него уже ответили. Обновите страницу"


class WrongScheme(Invalid):
    """`at` is the code of the stage that the sentence is about, empty for the scheme as a whole."""

    def __init__(self, sentence: str, at: str = "") -> None:
        super().__init__({f"stages.{at}" if at else "stages": sentence})


class EmptyList(Invalid):
    def __init__(self) -> None:
        super().__init__({"people": "Добавьте в лист хотя бы одного сотрудника"})


class RouteHasChanged(Refused):
    code, status, title = "route-has-changed", 412, "Маршрут только что изменил кто-то другой. Обновите страницу"


class NothingToPublish(Refused):
    code, status, title = "nothing-to-publish", 409, "Черновика маршрута нет: опубликовано то, что есть"


class TitleTaken(Invalid):
    def __init__(self) -> None:
        super().__init__({"title": "Такое название уже есть. Назовите иначе"})


class AgainstRules(Refused):
    """What the rules refuse, in words."""

    status = 409

    def __init__(self, why: Why) -> None:
        self.code, self.title = _WHY[why]
        super().__init__(why=why.value)


_WHY = {
    Why.OVER: ("route-is-over", "Маршрут уже завершён. Обновите страницу"),
    Why.NOT_ASKED: ("not-asked-now", "Решения от этого человека сейчас не ждут: его уже приняли или этап закрыт"),
    Why.NOT_OF_STAGE: ("not-of-stage", "На этом этапе так не решают. Обновите страницу и выберите другое"),
    Why.BAD_TARGET: ("bad-target", "Вернуть можно только на пройденный этап. Выберите другой"),
    Why.NO_CONTENT: ("no-content", "Не сказано, о каком содержании решение. Обновите страницу"),
    Why.ASKED_ALREADY: ("asked-already", "Этого человека на этапе уже спросили. Выберите другого"),
    Why.NOT_WAITING: ("not-waiting", "Этап ничего не ждёт. Обновите страницу"),
    Why.NOBODY: ("nobody-performs", NobodyPerforms.title),
}
