"""What sign-up and the registry may refuse."""

from core.errors import Refused


class SlugTaken(Refused):
    code, status, title = "slug-taken", 409, "Этот адрес только что заняли. Выберите другой, остальное мы сохранили"


class WrongCode(Refused):
    code, status, title = "wrong-code", 422, "Код не подошёл. Проверьте последнее письмо"


class CodeDead(Refused):
    code, status, title = "code-dead", 409, "Код больше не действует. Запросите новый"


class NeedsModule(Refused):
    code, status, title = "module-needed", 409, "Сначала измените связанные модули"
