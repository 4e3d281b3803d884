"""What the organization may refuse."""

from core.errors import Invalid, Refused


class NotYourself(Refused):
    code, status, title = "not-yourself", 409, "Себя заблокировать нельзя. Попросите другого администратора"


class NarrowRights(Refused):
    """`fields` names what the caller tried to change beyond his rights."""

    code, status, title = "forbidden", 403, "Это меняет администратор. Сами вы меняете в своей карточке телефон и фото"


class DepartmentTaken(Refused):
    code, status, title = "department-taken", 409, "Отдел с таким названием здесь уже есть. Назовите его иначе"


class DepartmentCodeTaken(Invalid):
    def __init__(self, other: str) -> None:
        whose = f"у отдела «{other}»" if other else "у другого отдела"
        super().__init__({"code": f"Такой код уже {whose}. Придумайте другой"})


class DepartmentNotEmpty(Refused):
    code, status, title = "department-not-empty", 409, "Отдел не пуст. Переведите людей и отделы, затем удалите его"


class PositionTaken(Refused):
    code, status, title = "position-taken", 409, "Такая должность уже есть. Выберите её из списка"


class PositionInUse(Refused):
    code, status, title = "position-in-use", 409, "Должность занята. Назначьте этим людям другую, затем удалите её"
