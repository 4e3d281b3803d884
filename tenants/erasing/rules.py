"""Days of erasing, and what the certificate says. No database."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

# Any owner may take it back so long.
GRACE = timedelta(days=30)
REMIND_BEFORE = timedelta(days=3)
# A subdomain that was in use leads nobody astray for so long.
QUARANTINE = timedelta(days=180)
# By order 179 of Roskomnadzor of 28.10.2022 the certificate is kept for three years.
PROOF_KEPT = timedelta(days=3 * 365 + 1)
# The clock of the one who sells.
_ZONE = ZoneInfo("Europe/Moscow")
_WHY = {"owner": "по решению владельца компании", "unpaid": "подписка не оплачена, владельцы были предупреждены"}
_ERASED = (
    "таблицы компании в базе данных вместе с её ролью и журналом действий",
    "ключи: после удаления схемы из них не выводится ничего, что ещё хранится",
    "файлы в хранилище, прежние версии и незаконченные загрузки",
    "очередь заданий, сеансы, счётчики и всё остальное в оперативном хранилище",
    "оплата картой: подписка у провайдера прекращена, плательщик забыт",
    "обращения в поддержку: вопросы, ответы, внутренние заметки и приложенные файлы",
    "реестр: название, ИНН, логотип, адреса входа и связи почтовых адресов с компанией",
)
_KEPT = (
    "счета, акты и платежи: пять лет, закон о бухгалтерском учёте",
    "этот акт и дни, в которые удаление назначено и выполнено: три года, приказ Роскомнадзора № 179",
    "обезличенный номер компании в реестре, чтобы поддомен не достался другому 180 дней",
    "журнал действий операторов сервиса: номер и адрес компании, которые были у неё тогда",
    "обрывки строк в служебной статистике сервера базы данных: до её ближайшей перезаписи",
)


def certificate(row: Mapping[str, Any], counted: Mapping[str, int], *, done_at: datetime) -> dict[str, Any]:
    """All that the certificate says, as plain JSON. `row` are number, name, address, why, asked_by, asked_at."""
    copies_until = done_at.astimezone(_ZONE) + timedelta(days=settings.BACKUP_DAYS)
    return {
        "title": f"Акт об удалении данных № У-{row['number']}",
        "company": row["name"],
        "address": row["address"],
        "why": _WHY[row["why"]],
        "asked_by": row["asked_by"],
        "asked_at": _moment(row["asked_at"]),
        "done_at": _moment(done_at),
        "counts": [
            ["Таблиц", _spaced(counted["tables"])],
            ["Строк в них", _spaced(counted["rows"])],
            ["Сотрудников", _spaced(counted["people"])],
            ["Файлов и их версий", _spaced(counted["files"])],
            ["Байт в файлах", _spaced(counted["bytes"])],
        ],
        "erased": list(_ERASED),
        "kept": list(_KEPT),
        "backups": (
            "В ночных копиях и журнале сервера базы данных сведения остаются до "
            f"{copies_until:%d.%m.%Y}: к этому дню последняя копия перезаписывается. "
            "До этого копии не читаются и не восстанавливаются для этой компании."
        ),
    }


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(_ZONE):%d.%m.%Y %H:%M} (Москва)"


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")
