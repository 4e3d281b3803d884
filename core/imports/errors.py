"""What the product refuses about imports."""

from core.errors import Refused


class FileIsUnfit(ValueError):
    """A sentence for the person: why nothing can be read from his file."""


class ImportIsBusy(Refused):
    code, title = "import-busy", "Импорт сейчас обрабатывается. Подождите, пока он закончит"


class ImportIsElsewhere(Refused):
    code, title = "import-elsewhere", "Сейчас этого сделать нельзя: импорт уже на другом шаге. Обновите страницу"


class NotChecked(Refused):
    code, title = "import-not-checked", "Сначала проверьте файл: после правок столбцов он ещё не проверен"


class NothingToImport(Refused):
    code, title = "import-nothing", "Нет ни одной строки, которую можно загрузить. Исправьте ошибки и проверьте файл"


class HasBadRows(Refused):
    """`count` of them."""

    code, title = "import-bad-rows", "В файле есть строки с ошибками. Исправьте их или загрузите без них"


class NoBadRows(Refused):
    code, title = "import-no-bad-rows", "Строк с ошибками нет: скачивать нечего"


class BadRowsAreNotReady(Refused):
    code = "import-bad-rows-not-ready"
    title = "Файла со строками нет: он ещё готовится, или строки изменились. Попросите его ещё раз"


class FileIsGone(Refused):
    code, title = "import-file-gone", "Файл хранится неделю и уже удалён. Загрузите его снова"


class CardsAreInWork(Refused):
    """`count` of them, `cards` the first ones in brief; the rest may be taken away without them."""

    code = "import-in-work"
    title = "С некоторыми карточками уже работали. Можно отменить импорт остальных"


class TooManyImports(Refused):
    code, title = "too-many-imports", "Несколько ваших импортов ещё обрабатываются. Дождитесь их и повторите"
