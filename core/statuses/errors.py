"""Why a card does not come into a status, and why statuses cannot be set up so."""

from core.errors import Forbidden, Invalid, Refused


class MoveNotAllowed(Refused):
    """The company has not drawn this move."""

    code, status = "move-not-allowed", 409

    def __init__(self, before: str, after: str) -> None:
        self.title = "Такого перехода нет"
        super().__init__(
            f"Из «{before}» в «{after}» перейти нельзя. Выберите другой статус или спросите администратора"
        )


class MoveOfOthers(Forbidden):
    """The move is for roles that the actor has not."""

    code = "move-of-others"

    def __init__(self, before: str, after: str) -> None:
        self.title = "Этот переход вам недоступен"
        super().__init__(f"Перевести из «{before}» в «{after}» может другая роль. Попросите того, у кого она есть")


class StatusIsAway(Refused):
    code, status, title = "status-away", 409, "Этот статус убран в архив. Обновите карточку и выберите другой"


class StatusOfOtherType(Refused):
    code, status = "status-of-other-type", 409
    title = "У карточек этого типа нет такого статуса. Выберите для них другой"


class StatusIsGone(Refused):
    code, status = "status-is-gone", 409
    title = "Статуса, в котором карточка тогда была, у её типа больше нет. Выберите другой"


class NotYourCard(Forbidden):
    code, title = "not-your-card", "Статус меняют те, кто отвечает за карточку"


class NoSuchStatus(Invalid):
    def __init__(self, name: str = "to") -> None:
        super().__init__({name: "Такого статуса здесь нет. Обновите страницу и выберите другой"})


class CommentNeeded(Invalid):
    def __init__(self, title: str) -> None:
        super().__init__({"text": f"Напишите комментарий: без него в «{title}» не перевести"})


class StatusTitleTaken(Invalid):
    def __init__(self) -> None:
        super().__init__({"title": "Статус с таким названием уже есть. Назовите иначе"})


class TooManyStatuses(Invalid):
    def __init__(self, most: int) -> None:
        super().__init__({"title": f"Статусов может быть не больше {most}. Уберите лишние в архив"})


class LastOfItsBase(Refused):
    """`detail` names the base: the kind's verbs must lead somewhere."""

    code, status, title = "last-of-its-base", 409, "Это последний статус этого этапа. Сначала добавьте другой"

    def __init__(self, base: str) -> None:
        super().__init__(
            f"Это последний статус этапа «{base}», без него карточкам некуда идти. Сначала добавьте другой"
        )


class StatusesHaveChanged(Refused):
    """Somebody else has set them up meanwhile."""

    code, status, title = "statuses-have-changed", 412, "Статусы только что изменил кто-то другой. Обновите страницу"
