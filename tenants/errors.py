"""What sign-up and the registry may refuse."""

from core.errors import Refused


class SlugTaken(Refused):
    code, status, title = "slug-taken", 409, "Этот адрес только что заняли. Выберите другой, остальное мы сохранили"


class WrongCode(Refused):
    code, status, title = "wrong-code", 422, "Код не подошёл. Откройте письмо с адресом вашей компании"


class OtherLetter(Refused):
    """The code of another form for the same address: whoever filled that in may have been a stranger."""

    code, status, title = "other-letter", 422, "Код из другого письма"


class SeveralForms(Refused):
    code, status = "several-forms", 409
    title = (
        "На этот адрес начато несколько регистраций с разными паролями. Введите код на той странице, где заполняли "
        "форму, или передайте вместе с ним sign_up из ответа на неё"
    )


class AlreadyFounded(Refused):
    code, status, title = "already-founded", 409, "Компания уже создана, войдите по её адресу"


class CodeDead(Refused):
    code, status, title = "code-dead", 409, "Код больше не действует. Запросите новый"


class NeedsModule(Refused):
    code, status, title = "module-needed", 409, "Сначала измените связанные модули"
