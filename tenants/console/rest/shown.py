"""What operators see of companies and of one another."""

from collections.abc import Sequence
from typing import Any

from core.registry import registry
from tenants import pulse
from tenants.console.models import Consent, Deed, Figures, Operator
from tenants.console.operators import OperatorActor
from tenants.console.parts import lines_of
from tenants.console.permissions import given_by
from tenants.console.queries import consented, migrations_of, troubles
from tenants.models import Company
from tenants.signup import host_of

TITLES = {
    "sign-in": "Вход",
    "sign-in-failed": "Неудачный вход",
    "sign-out": "Выход",
    "totp-on": "Включён вход по коду",
    "recovery-code-used": "Вход по запасному коду",
    "password-changed": "Сменён пароль",
    "key-made": "Создан ключ",
    "session-revoked": "Завершён сеанс или отозван ключ",
    "operator.created": "Создан оператор",
    "operator.changed": "Изменён оператор",
    "operator.totp-reset": "Сброшен вход по коду",
    "company.suspended": "Компания приостановлена",
    "company.restored": "Работа компании возобновлена",
    "company.renamed": "Сменён адрес компании",
    "company.module": "Переключён модуль",
    "trial.extended": "Продлён пробный период",
    "support.asked": "Запрошен вход в компанию",
    "support.came": "Вход в компанию",
    "support.changes": "Включены изменения в компании",
    "support.left": "Выход из компании",
    "appeal.taken": "Обращение взято в работу",
    "appeal.answered": "Ответ на обращение",
    "appeal.noted": "Заметка к обращению",
    "appeal.closed": "Обращение закрыто",
    "appeal.file": "Открыт файл обращения",
    "announcement.made": "Создано объявление",
    "announcement.withdrawn": "Снято объявление",
    "work.retried": "Повторена отложенная работа",
    "plan.version": "Новая версия тарифа",
}


def me_of(by: OperatorActor) -> dict[str, Any]:
    row = by.operator
    return {
        "id": row.pk,
        "email": row.email,
        "full_name": row.full_name,
        "role": row.role,
        "role_title": row.get_role_display(),
        "may": [permission.code for permission in given_by(row.role)],
        "recovery_left": len(row.recovery_hashes),
    }


def operator_out(row: Operator) -> dict[str, Any]:
    named = ("email", "full_name", "role", "is_active", "has_totp", "last_sign_in_at")
    return {"id": row.pk, "role_title": row.get_role_display(), **{name: getattr(row, name) for name in named}}


def company_lines(rows: Sequence[Company]) -> list[dict[str, Any]]:
    """Lines of the list; what stands beside the registry is read for all of them at once, and no company is opened."""
    ids = [row.pk for row in rows]
    figures = Figures.objects.in_bulk(ids)
    wrong, lets_in, told = troubles(row.schema_name for row in rows), consented(ids), lines_of(ids)
    stands = migrations_of(rows)
    return [
        {
            **_line(row, figures.get(row.pk), lets_in.get(row.pk), told[row.pk]),
            "migration": stands[row.pk],
            **dict(zip(("parked", "failing"), wrong.get(row.schema_name, (0, 0)), strict=True)),
        }
        for row in rows
    ]


def company_card(row: Company) -> dict[str, Any]:
    """Everything of one company."""
    [line] = company_lines([row])
    consent = consented([row.pk]).get(row.pk)
    modules = [(code, registry.modules[code].title) for code in registry.module_order()]
    return {
        **line,
        "time_zone": row.time_zone,
        "modules": [{"code": code, "title": title, "enabled": code in row.modules} for code, title in modules],
        "former_names": list(row.former_names.order_by("-until").values("slug", "until")),
        "consent": consent_out(consent),
    }


def consent_out(consent: Consent | None) -> dict[str, Any] | None:
    if consent is None:
        return None
    return {name: getattr(consent, name) for name in ("given_by", "given_at", "until", "may_change")}


def deed_out(row: Deed) -> dict[str, Any]:
    named = ("at", "kind", "who", "company_id", "company_slug", "ip", "door", "before", "after", "reason")
    return {"id": row.pk, "title": TITLES.get(row.kind, row.kind), **{name: getattr(row, name) for name in named}}


def _line(row: Company, figures: Figures | None, consent: Consent | None, told: dict[str, Any]) -> dict[str, Any]:
    is_today = figures is not None and str(figures.faults_day) == pulse.today()
    return {
        "id": row.pk,
        "slug": row.slug,
        "name": row.name,
        "inn": row.inn,
        "host": host_of(row.slug),
        "status": row.status,
        "status_title": row.get_status_display(),
        "created_at": row.created_at,
        "seen_at": figures.last_seen_at if figures else None,
        "migration_error": row.migration_error,
        "faults": figures.faults if figures and is_today else 0,
        "consent_until": consent.until if consent else None,
        "plan": told.get("plan"),
        "use": told.get("use"),
    }
