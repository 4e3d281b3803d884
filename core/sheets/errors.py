"""What the product refuses about exports."""

from core.errors import Refused


class ExportIsNotReady(Refused):
    code, title = "export-not-ready", "Файл ещё готовится. Откройте его через несколько секунд"


class ExportHasFailed(Refused):
    code, title = "export-failed", "Выгрузка не удалась. Выгрузите список заново"


class ExportIsGone(Refused):
    code, title = "export-gone", "Файл хранится сутки и уже удалён. Выгрузите список заново"


class TooManyExports(Refused):
    code, title = "too-many-exports", "Несколько выгрузок уже готовятся. Дождитесь их и повторите"
