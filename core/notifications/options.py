"""What a company decides about notices besides the matrix of kinds and channels."""

from datetime import time

from core.options.kinds import Choice, Option, Several, Whole, YesNo

from .choices import REMINDERS

_GROUP = "Уведомления"
_SPANS = dict(zip(REMINDERS, ("15 минут", "час", "3 часа", "день", "2 дня", "неделю"), strict=True))
USUAL_REMINDERS = Option(
    "notifications.reminders",
    "Напоминать о сроке за",
    "Так напоминают тем, кто не выбрал своего в личных настройках уведомлений",
    Several(tuple((str(minutes), title) for minutes, title in _SPANS.items())),
    default=("60", "1440"),
    group=_GROUP,
)
# One word at once, what is said about the same card after it together: a lively talk is not a letter for each word.
TALK_WINDOW = Option(
    "notifications.talk_window",
    "Собирать переписку в одно сообщение",
    "Первая реплика о карточке уходит сразу, сказанное следом за это время — одним письмом или сообщением",
    Whole(0, 60, unit="мин", none="не собирать"),
    default=1,
    group=_GROUP,
)
QUIET = Option(
    "notifications.quiet",
    "Тихие часы компании",
    "В это время письма, Telegram, SMS и браузер ждут — и эскалация тоже. Так у всех, кто не выбрал для себя другого",
    Choice(
        (
            ("", "нет"),
            ("20-8", "с 20:00 до 8:00"),
            ("20-9", "с 20:00 до 9:00"),
            ("21-8", "с 21:00 до 8:00"),
            ("22-7", "с 22:00 до 7:00"),
            ("22-8", "с 22:00 до 8:00"),
            ("23-7", "с 23:00 до 7:00"),
        )
    ),
    default="",
    group=_GROUP,
)
# Whoever wants to hear at any hour has quiet hours that take no time.
NEVER_QUIET = (time(0), time(0))
PROVED_ONLY = Option(
    "notifications.proved_only",
    "SMS только на подтверждённые номера",
    "Пока сотрудник не подтвердил номер кодом из SMS, сообщения на этот номер не уходят",
    YesNo(),
    default=False,
    group=_GROUP,
)
OPTIONS = (USUAL_REMINDERS, TALK_WINDOW, QUIET, PROVED_ONLY)


def quiet_hours(word: str) -> tuple[time, time] | None:
    """The hours that a choice of the company means."""
    begins, _, ends = word.partition("-")
    return (time(int(begins)), time(int(ends))) if word else None
