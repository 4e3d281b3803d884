"""What the product refuses about files."""

from core.errors import Refused


class FileIsNotReady(Refused):
    code, title = "file-not-ready", "Файл ещё проверяется. Откройте его через несколько секунд"


class FileIsRejected(Refused):
    code, title = "file-rejected", "Файл не прошёл проверку. Приложите его заново"


class CardIsFull(Refused):
    code, title = "card-is-full", "На карточке слишком много файлов. Удалите лишние или соберите их в архив"
