"""Why a change of a view is refused."""

from core.errors import Forbidden, Invalid

from .rules import MOST_VIEWS


class NotYourView(Forbidden):
    title = "Вид меняет его владелец. Сохраните свой вид под другим названием"


class MayNotShare(Forbidden):
    title = "Делиться видами может тот, кому это разрешено. Сохраните вид только для себя или попросите администратора"


class ViewTitleTaken(Invalid):
    def __init__(self) -> None:
        super().__init__({"title": "Вид с таким названием у вас уже есть. Назовите иначе"})


class TooManyViews(Invalid):
    def __init__(self) -> None:
        super().__init__({"title": f"У вас уже {MOST_VIEWS} видов этого списка. Удалите лишний и повторите"})


class NoSuchView(Invalid):
    def __init__(self, field: str) -> None:
        super().__init__({field: "Такого вида нет или он вам не виден. Обновите страницу"})


class NobodyChosen(Invalid):
    def __init__(self) -> None:
        super().__init__({"audience": "Выберите хотя бы одну роль или один отдел"})
