"""Why a plan is refused."""

from core.errors import Forbidden, Invalid, Refused


class NotYourPlan(Forbidden):
    title = "Расписание меняют те, кто отвечает за карточку. Попросите их или администратора"


class NeverDue(Invalid):
    def __init__(self) -> None:
        super().__init__({"plan": "По такому расписанию не выпадает ни одной даты. Проверьте дни и дату окончания"})


class EndlessMinutes(Invalid):
    """«Every N minutes» needs an end, so that nobody is buried (row PT-03)."""

    def __init__(self) -> None:
        super().__init__({"most": "Для повтора по минутам укажите дату окончания или число повторов"})


class NoPlan(Refused):
    code, status, title = "no-plan", 409, "У карточки нет расписания. Сначала задайте его"


class NobodyMakesWork(Refused):
    """The module that would make the work is off; `detail` says which."""

    code, status, title = "nobody-makes-work", 409, "Дела по расписанию сейчас никто не создаёт"


class GiverIsGone(Refused):
    code, status = "giver-is-gone", 409
    title = "Тот, кто задал расписание, больше не отвечает за эту карточку. Пусть расписание задаст другой"


class TooManyToday(Refused):
    code, status, title = "too-many-today", 409, "За сутки создано слишком много карточек по расписанию"


class TooManyByHand(Refused):
    """`most` is how many one person may have made by hand in 24 hours."""

    code, status = "too-many-by-hand", 409

    def __init__(self, *, most: int) -> None:
        self.title = "За сутки вы создали по шаблонам слишком много"
        super().__init__(
            f"За сутки один человек создаёт по шаблонам не больше {most}. Продолжите завтра или задайте расписание",
            most=most,
        )
