"""What the product refuses about personal data."""

from core.errors import Refused


class StillWorks(Refused):
    code = "person-still-works"
    title = "Обезличить можно того, кто больше не работает. Сначала увольте или заблокируйте сотрудника"


class HandoverRuns(Refused):
    code, title = "handover-runs", "Дела сотрудника ещё передаются. Дождитесь конца передачи и повторите"


class PersonFileUnderway(Refused):
    code, title = "person-file-underway", "Файл уже готовится. Он появится здесь через минуту"


class PersonFilesSpent(Refused):
    code, status = "person-files-spent", 429
    title = "Сегодня такой файл готовили уже несколько раз. Скачайте готовый или повторите завтра"


class PersonFileGone(Refused):
    code, title = "person-file-gone", "Файла нет: он ещё готовится или уже удалён. Сделайте новый"
