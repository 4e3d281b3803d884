"""What is refused about watching cards."""

from core.errors import Refused


class NotYoursToGather(Refused):
    code, status = "not-yours-to-gather", 403
    title = "Наблюдателей назначает тот, кто отвечает за карточку. Попросите его"


class NotYoursToWatch(Refused):
    code, status = "not-yours-to-watch", 403
    title = "Наблюдателя добавляет тот, кто отвечает за карточку. Попросите его добавить вас"


class TooManyWatchers(Refused):
    code, status = "too-many-watchers", 409
    title = "За карточкой уже наблюдают 100 человек, больше нельзя. Попросите убрать кого-нибудь"
