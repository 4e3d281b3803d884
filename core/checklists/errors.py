"""Why a change of a checklist is refused."""

from core.errors import Forbidden, Invalid, Refused

from .rules import MOST_POINTS


class NotYourChecklist(Forbidden):
    title = "Чек-лист меняют те, кто отвечает за карточку"


class NotYourPoint(Forbidden):
    title = "Отметить пункт может его исполнитель или те, кто отвечает за карточку"


class PointIsPattern(Refused):
    code, status = "point-is-pattern", 409
    title = "Это шаблон: пункты отмечают в карточках, которые по нему созданы"


class PointOfDraft(Refused):
    code, status = "point-of-draft", 409
    title = "Это черновик: над ним ещё никто не работает. Сначала поставьте его, потом отмечайте пункты"


class AlreadyTicked(Refused):
    code, status, title = "already-ticked", 409, "Пункт уже отмечен. Сначала снимите отметку"


class TooManyPoints(Invalid):
    def __init__(self) -> None:
        super().__init__({"points": f"В чек-листе может быть не больше {MOST_POINTS} пунктов"})


class NoSuchNeighbour(Invalid):
    def __init__(self) -> None:
        super().__init__({"after": "Такого пункта в чек-листе уже нет. Обновите карточку"})
