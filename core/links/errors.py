"""Why a link is refused."""

from core.errors import Forbidden, Invalid


class NothingThere(Invalid):
    """The other card does not exist, is in the trash, or may not be known: one answer for all three."""

    def __init__(self) -> None:
        super().__init__({"ref": "Такой карточки нет или она вам не видна. Выберите карточку из списка"})


class LinkedToItself(Invalid):
    def __init__(self) -> None:
        super().__init__({"ref": "Карточку нельзя привязать к самой себе. Выберите другую"})


class LinkIsOfOthers(Forbidden):
    title = "Убрать привязку может тот, кто её сделал, или тот, кто отвечает за одну из карточек"
