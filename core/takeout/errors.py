"""What the product refuses about archives of the company."""

from core.errors import Refused


class TakeoutUnderway(Refused):
    code, title = "takeout-underway", "Выгрузка уже готовится. Дождитесь её: она появится в этом списке"


class TakeoutsSpent(Refused):
    code, status = "takeouts-spent", 429
    title = "Сегодня данные выгружали уже несколько раз. Скачайте готовую выгрузку или повторите завтра"


class TakeoutIsNotReady(Refused):
    code, title = "takeout-not-ready", "Выгрузка ещё готовится. Мы напишем владельцам, когда её можно будет скачать"


class TakeoutIsGone(Refused):
    code, title = "takeout-gone", "Файл хранится три дня и уже удалён. Сделайте новую выгрузку"
