"""What a company decides about notices besides the matrix of kinds and channels."""

from core.options.kinds import Option, Several, Whole

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
OPTIONS = (USUAL_REMINDERS, TALK_WINDOW)
