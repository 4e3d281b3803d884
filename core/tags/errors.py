"""Why a change of tags is refused."""

from core.errors import Forbidden, Invalid


class NotYourTags(Forbidden):
    title = "Метки ставят и снимают те, кто отвечает за карточку"


class TagTaken(Invalid):
    def __init__(self) -> None:
        super().__init__({"title": "Такая метка уже есть. Объедините их, если это одно и то же"})


class TooManyTags(Invalid):
    def __init__(self, sentence: str) -> None:
        super().__init__({"tags": sentence})


class MergedIntoItself(Invalid):
    def __init__(self) -> None:
        super().__init__({"into": "Выберите другую метку: объединить метку саму с собой нельзя"})


class NoSuchTag(Invalid):
    def __init__(self) -> None:
        super().__init__({"into": "Такой метки уже нет. Обновите страницу"})
