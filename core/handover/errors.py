"""Why a dismissal is refused, and why a thing stays where it was."""

from django.db import InterfaceError, OperationalError

from core.errors import Invalid, Refused

# Of the server and not of what is handed over: it passes, and the same is tried again.
PASSING = (InterfaceError, OperationalError)


class DismissalRuns(Refused):
    code, status = "dismissal-runs", 409
    title = "Дела уже передаются. Дождитесь конца, потом передайте то, что останется"


class NothingPlanned(Refused):
    code, status, title = "nothing-planned", 409, "Увольнение не запланировано или уже началось. Обновите карточку"


class PrivateStays(Refused):
    code, status = "private-stays", 409
    title = "Личная карточка: преемник в ней не участвует. Её передаст тот, кто в ней участвует"


class DraftStays(Refused):
    code, status, title = "draft-stays", 409, "Черновик видит только его автор. Исполнителя сменит он"


class HeirIsGone(Refused):
    code, status, title = "heir-is-gone", 409, "Преемник уже не работает. Выберите другого и передайте ещё раз"


class HandingFailed(Refused):
    """Nobody foresaw why; the log tells it."""

    code, status = "handing-failed", 409
    title = "Не получилось из-за ошибки в программе. Передайте оставшееся ещё раз; если не поможет, передайте вручную"


class DismissalFailed(Refused):
    code, status = "dismissal-failed", 409
    title = "Помешала ошибка в программе. Откройте «Уволить» и повторите"


class NobodyTakes(Invalid):
    def __init__(self) -> None:
        super().__init__({"successor": "Выберите, кому передать дела"})


class SamePerson(Invalid):
    def __init__(self) -> None:
        super().__init__({"successor": "Преемником может быть только другой сотрудник"})


class UnknownSort(Invalid):
    def __init__(self) -> None:
        super().__init__({"pieces": "Такого вида дел нет. Обновите страницу"})


class WrongDay(Invalid):
    def __init__(self) -> None:
        super().__init__({"last_day": "Последний день может быть не раньше чем год назад и не позже чем через год"})
