"""What owners are written about erasing, while the company stands and when it is gone."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from core.language.quotes import quoted
from core.mail import Letter
from core.typesetting import pdf

_TEMPLATE = Path(__file__).parent / "certificate.typ"
_CANCEL = "До этого дня всё работает, и любой владелец может отменить удаление: «Настройки → Данные компании»."
_EXPORT = "Там же можно выгрузить все данные одним файлом."


def asked(name: str, *, why: str, who: str, day: str) -> tuple[str, tuple[str, ...]]:
    """(subject, paragraphs) on the day on which it is asked for."""
    reason = f"Так решил владелец: {who}." if why == "owner" else "Подписка не оплачена больше трёх месяцев."
    subject = f"Компания {quoted(name)} будет удалена {day}"
    return subject, (reason, f"Удаление назначено на {day}. Данные исчезнут безвозвратно.", _CANCEL, _EXPORT)


def soon(name: str, *, day: str) -> tuple[str, tuple[str, ...]]:
    """The same some days before."""
    return f"Через три дня компания {quoted(name)} будет удалена", (f"Удаление назначено на {day}.", _CANCEL, _EXPORT)


def cancelled(name: str, *, who: str) -> tuple[str, tuple[str, ...]]:
    """It stays."""
    reason = f"Удаление отменил владелец: {who}." if who else "Оплата пришла, удаление отменено."
    return f"Компания {quoted(name)} остаётся", (reason, "Все данные на месте, делать ничего не нужно.")


def proof(told: Mapping[str, Any], *, number: int, to: str, made_at: datetime) -> Letter:
    """The certificate itself, to one owner."""
    return Letter(
        to=to,
        subject=f"Данные компании {quoted(told['company'])} удалены",
        paragraphs=(
            f"{told['title']} приложен к письму. Восстановить данные нельзя.",
            told["backups"],
            "Вопросы об акте принимаются три года: назовите его номер.",
        ),
        key=f"erasure-{number}",
        files=(("Акт об удалении.pdf", "application/pdf", certificate_pdf(told, made_at=made_at)),),
    )


def certificate_pdf(told: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """The certificate on paper, the same whenever it is printed."""
    return pdf(_TEMPLATE, told, made_at=made_at)
