"""The operators' console: its own operations by role of an operator, and what it has on a company's host."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from billing.actions.subscriptions import live
from billing.queries import today
from core.context import control_scope
from tenants.console.models import Announcement, Consent, Operator, OperatorSession
from tenants.models import Company
from tests.support.operators import PASSWORD, make_operator

from ..calls import NEW_PASSWORD, Call, Maker, plain
from ..scene import Scene

CONSOLE = """
GET    /healthz | 200 200 200 200 200
GET    /readyz | 200 200 200 200 200
GET    schema/ | 200 200 200 200 200
GET    /robots.txt | 200 200 200 200 200
GET    /manifest.webmanifest | 200 200 200 200 200
GET    /<page> | 200 200 200 200 200
GET    auth/state/ | 200 200 200 200 200
POST   auth/sign-in/ | 200 200 200 200 200
POST   auth/sign-out/ | 401 204 204 204 204
POST   auth/totp/setup/ | 401 200 409 409 409
POST   auth/totp/confirm/ | 401 409 409 409 409
POST   auth/password/ | 401 204 204 204 204
GET    auth/sessions/ | 401 403 200 200 200
DELETE auth/sessions/{session_id}/ | 401 403 204 204 204
POST   auth/tokens/ | 401 403 201 201 201
GET    me/ | 401 403 200 200 200
GET    companies/ | 401 403 200 200 200
GET    companies/{company_id}/ | 401 403 200 200 200
POST   companies/{company_id}/suspend/ | 401 403 403 200 200
POST   companies/{company_id}/restore/ | 401 403 403 200 200
POST   companies/{company_id}/rename/ | 401 403 403 200 200
POST   companies/{company_id}/modules/ | 401 403 403 200 200
POST   companies/{company_id}/extend-trial/ | 401 403 403 200 200
POST   companies/{company_id}/support/ | 401 403 200 200 200
GET    health/ | 401 403 200 200 200
GET    health/parked/ | 401 403 200 200 200
POST   health/parked/{promise_id}/retry/ | 401 403 403 204 204
GET    announcements/ | 401 403 200 200 200
POST   announcements/ | 401 403 403 201 201
DELETE announcements/{announcement_id}/ | 401 403 403 204 204
GET    operators/ | 401 403 403 403 200
POST   operators/ | 401 403 403 403 201
PATCH  operators/{operator_id}/ | 401 403 403 403 200
POST   operators/{operator_id}/totp-reset/ | 401 403 403 403 200
GET    audit/ | 401 403 200 200 200
GET    plans/ | 401 403 200 200 200
POST   plans/{code}/versions/ | 401 403 403 403 201
"""

COMPANY = """
GET    support/consent/ | 401 403 403 200 200 401 401
POST   support/consent/ | 401 403 403 200 200 401 401
DELETE support/consent/ | 401 403 403 204 204 401 401
GET    support/history/ | 401 403 403 200 200 401 401
POST   support/enter/ | 303 303 303 303 303 401 401
POST   support/changes/ | 401 403 403 403 403 401 401
POST   support/leave/ | 401 403 403 403 403 401 401
GET    announcements/ | 401 200 200 200 200 401 401
POST   auth/move/ | 401 200 200 200 200 401 401
"""

PUBLIC = """
GET    prices/ | 200
"""

REASON = {"reason": "Попросил владелец"}
VERSION: dict[str, Any] = {
    "month_price": "1590.00",
    "year_price": "15264.00",
    "seats_included": 10,
    "seat_month_price": "160.00",
    "seat_year_price": "1536.00",
    "storage_bytes": 1024**3,
    "modules": ["tasks"],
    **REASON,
}
_PARK = """
INSERT INTO outbox (id, company, kind, subject_id, not_before, attempts, error)
VALUES (%s, '', 'job:tenants.letter', 1, 'infinity', 12, 'OSError')
"""


def company(tail: str = "", body: Any = None) -> Maker:
    """On the company of the scene."""
    return lambda scene, caller, relation: Call(f"companies/{scene.company.id}/{tail}", body)


def park() -> uuid.UUID:
    """Work that was given up."""
    row = uuid.uuid4()
    with control_scope(), connection.cursor() as cursor:
        cursor.execute(_PARK, [row])
    return row


def _someone(tail: str = "", body: Any = None) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        return Call(f"operators/{make_operator('support').operator.pk}/{tail}", body)

    return make


def _sign_in(scene: Scene, caller: str, relation: str) -> Call:
    fresh = make_operator("support", proved=False).operator
    return Call("auth/sign-in/", {"email": fresh.email, "password": PASSWORD})


def _own_session(scene: Scene, caller: str, relation: str) -> Call:
    with control_scope():
        # The caller is the newest operator, made just before; whoever has not signed in names anybody's.
        newest = Operator.objects.order_by("-pk").first()
        session = OperatorSession.objects.filter(operator=newest, kind="browser").first()
    return Call(f"auth/sessions/{session.pk if session else 1}/")


def _suspended(scene: Scene, caller: str, relation: str) -> Call:
    with control_scope():
        Company.objects.filter(pk=scene.company.id).update(status="suspended")
    return Call(f"companies/{scene.company.id}/restore/", REASON)


def _in_trial(scene: Scene, caller: str, relation: str) -> Call:
    with control_scope():
        row = live(scene.company.schema, day=today())
    until = row.trial_until + timedelta(days=7)
    return Call(f"companies/{scene.company.id}/extend-trial/", {"until": until.isoformat(), **REASON})


def _let_in(scene: Scene, caller: str, relation: str) -> Call:
    now = timezone.now()
    with control_scope():
        told = {"principal_id": scene.people["owner"].principal, "given_by": "Владелец"}
        Consent.objects.create(company_id=scene.company.id, given_at=now, until=now + timedelta(hours=1), **told)
    return Call(f"companies/{scene.company.id}/support/")


def _announcement(scene: Scene, caller: str, relation: str) -> Call:
    now = timezone.now()
    with control_scope():
        made = Announcement.objects.create(text="Работы ночью", begins_at=now, ends_at=now + timedelta(hours=1))
    return Call(f"announcements/{made.pk}/")


def _announce(scene: Scene, caller: str, relation: str) -> Call:
    now = timezone.now()
    days = {"begins_at": now.isoformat(), "ends_at": (now + timedelta(days=1)).isoformat()}
    return Call("announcements/", {"text": "Работы ночью", **days})


def _version(scene: Scene, caller: str, relation: str) -> Call:
    return Call("plans/basic/versions/", {**VERSION, "valid_from": (today() + timedelta(days=30)).isoformat()})


CONSOLE_CALLS: dict[str, Maker] = {
    "GET /healthz": plain("/healthz"),
    "GET /readyz": plain("/readyz"),
    "GET schema/": plain("schema/"),
    "GET /robots.txt": plain("/robots.txt"),
    "GET /manifest.webmanifest": plain("/manifest.webmanifest"),
    "GET /<page>": plain("/audit"),
    "GET auth/state/": plain("auth/state/"),
    "POST auth/sign-in/": _sign_in,
    "POST auth/sign-out/": plain("auth/sign-out/"),
    "POST auth/totp/setup/": plain("auth/totp/setup/", by_cookie=True),
    "POST auth/totp/confirm/": plain("auth/totp/confirm/", {"code": "000000"}, by_cookie=True),
    "POST auth/password/": plain("auth/password/", {"current": PASSWORD, "new": NEW_PASSWORD}, by_cookie=True),
    "GET auth/sessions/": plain("auth/sessions/"),
    "DELETE auth/sessions/{session_id}/": _own_session,
    "POST auth/tokens/": plain("auth/tokens/", {"name": "Выгрузка", "days": 1, "password": PASSWORD}, by_cookie=True),
    "GET me/": plain("me/"),
    "GET companies/": plain("companies/"),
    "GET companies/{company_id}/": company(),
    "POST companies/{company_id}/suspend/": company("suspend/", REASON),
    "POST companies/{company_id}/restore/": _suspended,
    "POST companies/{company_id}/rename/": company("rename/", {"slug": "policy-renamed", **REASON}),
    "POST companies/{company_id}/modules/": company("modules/", {"code": "tasks", "enabled": False, **REASON}),
    "POST companies/{company_id}/extend-trial/": _in_trial,
    "POST companies/{company_id}/support/": _let_in,
    "GET health/": plain("health/"),
    "GET health/parked/": plain("health/parked/"),
    "POST health/parked/{promise_id}/retry/": lambda scene, caller, relation: Call(f"health/parked/{park()}/retry/"),
    "GET announcements/": plain("announcements/"),
    "POST announcements/": _announce,
    "DELETE announcements/{announcement_id}/": _announcement,
    "GET operators/": plain("operators/"),
    "POST operators/": plain(
        "operators/",
        {"email": "new@console.example", "full_name": "Новый Оператор", "role": "support", "password": NEW_PASSWORD},
    ),
    "PATCH operators/{operator_id}/": _someone(body={"role": "operator"}),
    "POST operators/{operator_id}/totp-reset/": _someone("totp-reset/"),
    "GET audit/": plain("audit/"),
    "GET plans/": plain("plans/"),
    "POST plans/{code}/versions/": _version,
}

CALLS: dict[str, Maker] = {
    "GET support/consent/": plain("support/consent/"),
    "POST support/consent/": plain("support/consent/", {"may_change": False, "hours": 1}),
    "DELETE support/consent/": plain("support/consent/"),
    "GET support/history/": plain("support/history/"),
    "POST support/enter/": plain("support/enter/", {"ticket": "nobody-has-given-this"}),
    "POST support/changes/": plain("support/changes/"),
    "POST support/leave/": plain("support/leave/"),
    "GET announcements/": plain("announcements/"),
    "POST auth/move/": plain("auth/move/"),
}

PUBLIC_CALLS: dict[str, Maker] = {"GET prices/": plain("prices/")}
