"""Why a change of fields is refused."""

from core.errors import Forbidden, Invalid, Refused


class NotYourFields(Forbidden):
    title = "Поля карточки заполняют те, кто отвечает за неё"


class TitleTaken(Invalid):
    def __init__(self) -> None:
        super().__init__({"title": "Такое название уже есть. Назовите иначе"})


class CodeTaken(Invalid):
    def __init__(self) -> None:
        super().__init__({"code": "Такой код уже есть, в том числе у полей в архиве. Выберите другой"})


class TooManyFields(Invalid):
    def __init__(self, most: int) -> None:
        super().__init__({"title": f"У карточки может быть не больше {most} полей. Уберите лишние в архив"})


class TooManyTypes(Invalid):
    def __init__(self, most: int) -> None:
        super().__init__({"title": f"Типов может быть не больше {most}. Уберите лишние в архив"})


class FieldIsRead(Refused):
    """A formula reads the field; `detail` names the formula."""

    code, status, title = "field-is-read", 409, "Поле используется в формуле. Сначала измените её"


class ValuesWouldBeLost(Refused):
    code, status, title = (
        "values-would-be-lost",
        409,
        "В этом поле уже есть значения, и при смене типа они пропали бы. Создайте новое поле, а это уберите в архив",
    )


class NoSuchNeighbour(Invalid):
    def __init__(self) -> None:
        super().__init__({"after": "Такого поля уже нет. Обновите страницу"})


class FieldsHaveChanged(Refused):
    """The administrator was faster: a value read for the former field must not stand in the new one."""

    code, status, title = "fields-have-changed", 409, "Поля карточки только что изменили. Обновите её и повторите"
