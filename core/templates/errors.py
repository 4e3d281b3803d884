"""Refusals about templates."""

from core.errors import Refused


class TemplateRefused(Refused):
    """`where` is the piece of the template, as people find it."""

    code, status = "template-refused", 422
    title = "Шаблон не заполняется. Исправьте его и загрузите заново"


class NothingToPrint(Refused):
    code, status = "nothing-to-print", 409
    title = "Карточки этого вида по шаблонам не печатаются"


class NotAPicture(Refused):
    code, status = "not-a-picture", 422
    title = "Это не изображение PNG. Сохраните подпись или печать как PNG с прозрачным фоном, не больше 300 КБ"
