"""Why a change of options is refused."""

from collections.abc import Mapping

from core.errors import Forbidden, Invalid, Stale

# Where the values of a request stand, so that each sentence is found beside its field.
_AT = "values"


class NoOptionsForYou(Forbidden):
    title = "Параметры меняет администратор. Попросите его открыть вам доступ"


class OptionsChangedMeanwhile(Stale):
    title = "Параметры уже изменил кто-то другой. Сверьте их и сохраните ещё раз"


class WrongOptions(Invalid):
    """`found` are code → sentence."""

    def __init__(self, found: Mapping[str, str]) -> None:
        super().__init__({f"{_AT}.{code}": text for code, text in found.items()})
