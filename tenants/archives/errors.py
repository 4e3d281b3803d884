"""Why an archive cannot be read or loaded, in words for whoever runs the installation."""


class ArchiveRefused(Exception):
    """The archive stays unread, and nothing has changed; the text says what to do."""


class NotAnArchive(ArchiveRefused):
    def __init__(self, why: str) -> None:
        super().__init__(f"Это не архив компании Пульта или он повреждён: {why}. Возьмите другой файл.")


class OtherVersion(ArchiveRefused):
    def __init__(self, more: list[str], fewer: list[str]) -> None:
        told = [
            f"в архиве нет {', '.join(more[:3])}" if more else "",
            f"здесь нет {', '.join(fewer[:3])}" if fewer else "",
        ]
        super().__init__(
            "Архив сделан другой версией Пульта: "
            + "; ".join(filter(None, told))
            + ". Обновите обе установки до одной версии и сделайте архив заново."
        )


class OtherPlace(ArchiveRefused):
    def __init__(self) -> None:
        super().__init__(
            "Это копия другой компании или другой установки: она восстанавливается только на своё место."
            " Для переноса сделайте выгрузку: manage.py archive_company --export."
        )


class SlugTaken(ArchiveRefused):
    def __init__(self, slug: str) -> None:
        super().__init__(f"Поддомен {slug} занят. Назовите другой: --slug.")


class UnknownModules(ArchiveRefused):
    def __init__(self, codes: list[str]) -> None:
        super().__init__(f"В этой установке нет модулей {', '.join(codes)}, а в архиве есть их данные.")


class NobodyToOpen(ArchiveRefused):
    def __init__(self) -> None:
        super().__init__(
            "Все, кто был владельцем в тот момент, с тех пор уволены или заблокированы: открыть компанию было бы"
            " некому. Разблокируйте одного из них в компании и повторите — или поднимите копию рядом: --beside."
        )
