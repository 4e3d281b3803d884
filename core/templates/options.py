"""What a company decides about what it prints."""

from core.options.kinds import Option, YesNo

from .permissions import MANAGE_TEMPLATES

FACSIMILES = Option(
    "templates.facsimiles",
    "Ставить изображения печати и подписи",
    "На PDF согласованного документа: печать компании и подпись того, кто согласовал. Это не электронная подпись",
    YesNo(),
    default=False,
    group="Печать",
    permission=MANAGE_TEMPLATES,
)
OPTIONS = (FACSIMILES,)
