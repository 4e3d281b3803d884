"""What the product refuses about files."""

from core.errors import Refused


class FileIsNotReady(Refused):
    code, title = "file-not-ready", "Файл ещё проверяется. Откройте его через несколько секунд"


class FileIsRejected(Refused):
    code, title = "file-rejected", "Файл не прошёл проверку. Приложите его заново"


class CardIsFull(Refused):
    code, title = "card-is-full", "На карточке слишком много файлов. Удалите лишние или соберите их в архив"


class NotATable(Refused):
    code, title = "not-a-table", "Просмотр этого вида файлов не поддержан. Скачайте файл и откройте своей программой"


class TableIsLocked(Refused):
    code, title = "table-locked", "Файл закрыт паролем. Скачайте его и откройте своей программой"


class TableIsBroken(Refused):
    code, title = "table-broken", "Таблицу не удалось прочитать: файл повреждён. Попросите приложить его заново"


class TableIsLarge(Refused):
    code, title = "table-large", "Таблица слишком велика для просмотра. Скачайте её и откройте своей программой"


class FileIsSettled(Refused):
    code, title = "file-is-settled", "Файл закреплён за карточкой и не меняется. Приложите новый файл рядом с ним"
