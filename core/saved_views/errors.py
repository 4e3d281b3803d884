"""Why a change of a view is refused."""

from collections.abc import Sequence

from core.errors import Forbidden, Invalid, Refused

from .rules import DEEPEST, MOST_COUNTED, MOST_VIEWS


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


class NothingNarrows(Invalid):
    def __init__(self) -> None:
        super().__init__({"is_group": "Вид ничего не отбирает. Добавьте хотя бы одно условие, и он станет группой"})


class GroupUnknown(Invalid):
    """`sentence` says which group of those that the words name may not be used, and why."""

    def __init__(self, sentence: str) -> None:
        super().__init__({"params": sentence})


class BuildsOnItself(Invalid):
    def __init__(self) -> None:
        super().__init__({"params": "Так вид опирался бы сам на себя. Уберите из условий группу, где он есть"})


class TooDeep(Invalid):
    def __init__(self) -> None:
        super().__init__({"params": f"Группы опираются одна на другую больше {DEEPEST} раз подряд. Упростите условия"})


class BuildsOnOwn(Invalid):
    """A shared view would build on groups that its owner alone sees."""

    def __init__(self, titles: Sequence[str]) -> None:
        named = ", ".join(f"«{title}»" for title in titles)
        super().__init__({"audience": f"Вид отбирает по группам, которые видны только вам: {named}. Откройте и их"})


class TooManyCounted(Invalid):
    def __init__(self) -> None:
        super().__init__({"counted": f"Число видно не больше чем у {MOST_COUNTED} видов. Уберите его у другого"})


class OthersBuildOnIt(Refused):
    """`titles` are those of the views that the person sees, `people` those who keep further ones."""

    code, status = "built-on", 409

    def __init__(self, titles: Sequence[str], people: Sequence[str]) -> None:
        parts = [", ".join(f"«{title}»" for title in titles)] if titles else []
        if people:
            parts.append(f"личные виды ({', '.join(people)})")
        super().__init__(f"На эту группу опираются другие виды: {'; '.join(parts)}. Сначала измените их")


class GroupShut(Refused):
    code, status, title = "group-shut", 409, "Группа отбирает по тому, что вам не видно или чего уже нет"
