"""What a company decides about its cards of all kinds."""

from core.options.kinds import Option, Whole

TRASH_DAYS = Option(
    "entities.trash_days",
    "Хранить удалённое в корзине",
    "Потом карточки исчезают навсегда. Если сократить срок, то, что лежит дольше, исчезнет сразу",
    Whole(1, 365, unit="дн."),
    default=30,
    group="Корзина",
)
