"""What a company decides about its documents."""

from core.options.kinds import Option, Whole

from .permissions import RULES

WARN_AHEAD = Option(
    "documents.warn_ahead",
    "Предупреждать об окончании срока",
    "За столько дней автор, ответственный и наблюдатели узнают, что срок документа подходит к концу",
    Whole(1, 365, unit="дн."),
    default=30,
    group="Сроки действия",
    permission=RULES,
)
OPTIONS = (WARN_AHEAD,)
