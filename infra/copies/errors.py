"""Why a moment cannot be brought back, in words for whoever runs the installation."""


class CopyRefused(Exception):
    """Nothing has changed; the text says what to do."""


class NoCopies(CopyRefused):
    def __init__(self) -> None:
        super().__init__(
            "Копий базы в папке данных нет: они ведутся при запуске с BACKUPS=1 на встроенной базе."
            " Для базы на своём сервере поднимите её копию рядом и назовите: --side (docs/operations/backups.md)."
        )


class TooEarly(CopyRefused):
    def __init__(self, earliest: str) -> None:
        super().__init__(f"Копии начинаются с {earliest}. Назовите момент не раньше него.")


class NotYet(CopyRefused):
    def __init__(self) -> None:
        super().__init__("Этот момент ещё не наступил или только что прошёл. Назовите момент хотя бы секунду назад.")


class LogBehind(CopyRefused):
    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"Журнал базы не дошёл до копий за {seconds:.0f} с. Проверьте, что Пульт запущен и на диске есть место,"
            " и повторите команду."
        )


class LogBroken(CopyRefused):
    def __init__(self, told: str) -> None:
        super().__init__(
            "По копиям этот момент не восстанавливается: в журнале базы после копии есть пропуск."
            f" Назовите момент раньше или позже. Ответ сервера:\n{told}"
        )


class AbsentThen(CopyRefused):
    def __init__(self, slug: str) -> None:
        super().__init__(f"В тот момент компании {slug} не было. Назовите момент позже.")


class NothingKept(CopyRefused):
    def __init__(self, slug: str) -> None:
        super().__init__(f"Прежнего состояния компании {slug} не хранится: её не восстанавливали или уже подтвердили.")


class AnotherWaits(CopyRefused):
    def __init__(self, slug: str, moment: str) -> None:
        super().__init__(
            f"Компания {slug} уже восстановлена на {moment}, прежнее состояние ещё хранится. Сначала решите о нём:"
            f" restore_company {slug} --confirm (удалить) или restore_company {slug} --undo (вернуть)."
        )
