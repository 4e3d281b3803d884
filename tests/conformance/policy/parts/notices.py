"""Who hears of what and where; accounts at outside services; the doors by which Telegram knocks."""

from typing import Any

from core import throttle
from core.context import company_scope
from core.gateways.actions import connect
from core.gateways.jobs import webhook_secret
from core.gateways.queries import telegram_account
from core.identity.models import Session
from core.identity.secrets import keyed
from core.notifications.models import Preference, PushSubscription
from core.organization.models import Employee

from ..calls import Call, Maker, card, known, plain, task
from ..scene import Scene

COMPANY = """
GET    notices/ | 401 200 200 200 200 401 401
GET    notices/unread/ | 401 200 200 200 200 401 401
POST   notices/read/ | 401 200 200 200 200 401 401
GET    notices/settings/ | 401 200 200 200 200 401 401
PATCH  notices/settings/ | 401 200 200 200 200 401 401
GET    notices/policy/ | 401 403 403 200 200 401 401
PATCH  notices/policy/ | 401 403 403 200 200 401 401
GET    notices/chat/ | 401 200 200 200 200 401 401
POST   notices/chat/ | 401 201 201 201 201 401 401
DELETE notices/chat/ | 401 404 404 404 404 401 401
DELETE notices/chat/ #linked | 401 204 204 204 204 401 401
GET    notices/browsers/ | 401 200 200 200 200 401 401
POST   notices/browsers/ | 401 201 201 201 201 401 401
DELETE notices/browsers/{subscription_id}/ | 401 204 204 204 204 401 401
DELETE notices/browsers/{subscription_id}/ #colleague | 401 404 404 404 404 401 401
POST   notices/browsers/{subscription_id}/try/ | 401 202 202 202 202 401 401
POST   notices/browsers/{subscription_id}/try/ #colleague | 401 404 404 404 404 401 401
POST   notices/phone/ | 401 202 202 202 202 401 401
POST   notices/phone/ #without-number | 401 409 409 409 409 401 401
POST   notices/phone/proof/ | 401 204 204 204 204 401 401
POST   notices/phone/proof/ #wrong-code | 401 422 422 422 422 401 401
GET    notices/log/ | 401 403 403 200 200 401 401

GET    gateways/ | 401 403 403 200 200 401 401
PUT    gateways/{code}/ | 401 403 403 200 200 401 401
PUT    gateways/{code}/ #mail | 401 403 403 200 200 401 401
PUT    gateways/{code}/ #store | 401 403 403 409 409 401 401
POST   gateways/{code}/check/ | 401 403 403 202 202 401 401
POST   gateways/{code}/check/ #mail | 401 403 403 202 202 401 401
POST   gateways/{code}/check/ #store | 401 403 403 202 202 401 401

POST   hooks/telegram/ | 403 403 403 403 403 403 403
POST   hooks/telegram/ #with-secret | 200 200 200 200 200 200 200

@ own department other
GET    employees/{card_id}/notices/ | 401 200/200/200 200/200/200 200 200 401 401
PUT    employees/{card_id}/mute/ | 401 200/200/200 200/200/200 200 200 401 401

@ initiator assignee watcher department other
GET    tasks/{card_id}/notices/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
PUT    tasks/{card_id}/mute/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
"""
PUBLIC = """
POST   hooks/telegram/ | 403
"""
TOKEN = f"123456789:{'a' * 30}"
UPDATE = {"update_id": 1}
PHONE, CODE = "+79140000009", "123456"
SMS_KEYS = {"login": "policy", "password": "policy"}


def _with_bot(maker: Maker) -> Maker:
    """The same call in a company that has a bot of its own."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        scene.inside(lambda: _connect(scene))
        return maker(scene, caller, relation)

    return make


def _connect(scene: Scene) -> None:
    owner = scene.people["owner"].actor()
    connect("telegram", mode="own", options={"name": "policy_bot"}, keys={"token": TOKEN}, by=owner)


def _linked(scene: Scene, caller: str, relation: str) -> Call:
    who = scene.people[known(caller)].principal
    scene.inside(lambda: Preference.objects.create(principal_id=who, chat_id=5, chat_scope="sandbox"))
    return Call("notices/chat/")


def _with_secret(scene: Scene, caller: str, relation: str) -> Call:
    account = scene.inside(telegram_account)
    secret = webhook_secret(account)
    return Call("hooks/telegram/", UPDATE, headers={"X-Telegram-Bot-Api-Secret-Token": secret})


def _browser(tail: str = "", whose: str = "") -> Maker:
    """A browser of the caller's own, or of somebody else."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        others = {"owner": "admin"}.get(caller, "owner")
        who = scene.people[others if whose else known(caller)].principal
        pk = scene.inside(lambda: _subscribed(who))
        return Call(f"notices/browsers/{pk}/{tail}")

    return make


def _phone(tail: str = "", code: str = "") -> Maker:
    """The number of the caller's own card, to which a code has gone."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        who = scene.people[known(caller)]
        with company_scope(scene.company):
            Employee.objects.filter(pk=who.id).update(phone=PHONE)
            connect("sms", mode="own", options={}, keys=SMS_KEYS, by=scene.people["owner"].actor())
            kept = keyed("phone-code", who.principal, PHONE, CODE)
            throttle.keep("phone-code", str(who.principal), kept, seconds=600)
        return Call(f"notices/phone/{tail}", {"code": code} if code else None)

    return make


def _subscribed(principal_id: int) -> int:
    session = Session.objects.filter(user__principal=principal_id).order_by("-pk")[0]
    row = PushSubscription.objects.create(
        principal_id=principal_id, session=session, expires_at=session.expires_at, name="Chrome", **BROWSER["keys"],
        endpoint=BROWSER["endpoint"],
    )  # fmt: skip
    return row.pk


# Keys of the example in RFC 8291.
BROWSER: dict[str, Any] = {
    "endpoint": "https://push.example/policy",
    "keys": {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    },
}
MUTED: dict[str, Any] = {"is_muted": True}
POLICY: dict[str, Any] = {"choices": {"tasks.given": {"mail": "forced"}}}
CALLS: dict[str, Maker] = {
    "GET notices/": plain("notices/"),
    "GET notices/unread/": plain("notices/unread/"),
    "POST notices/read/": plain("notices/read/", {}),
    "GET notices/settings/": plain("notices/settings/"),
    "PATCH notices/settings/": plain("notices/settings/", {"digest": "daily"}),
    "GET notices/policy/": plain("notices/policy/"),
    "PATCH notices/policy/": plain("notices/policy/", POLICY),
    "GET notices/chat/": plain("notices/chat/"),
    "POST notices/chat/": _with_bot(plain("notices/chat/")),
    "DELETE notices/chat/": plain("notices/chat/"),
    "DELETE notices/chat/ #linked": _linked,
    "GET notices/browsers/": plain("notices/browsers/"),
    "POST notices/browsers/": plain("notices/browsers/", BROWSER),
    "DELETE notices/browsers/{subscription_id}/": _browser(),
    "DELETE notices/browsers/{subscription_id}/ #colleague": _browser(whose="colleague"),
    "POST notices/browsers/{subscription_id}/try/": _browser("try/"),
    "POST notices/browsers/{subscription_id}/try/ #colleague": _browser("try/", whose="colleague"),
    "POST notices/phone/": _phone(),
    "POST notices/phone/ #without-number": plain("notices/phone/"),
    "POST notices/phone/proof/": _phone("proof/", CODE),
    "POST notices/phone/proof/ #wrong-code": _phone("proof/", "654321"),
    "GET notices/log/": plain("notices/log/"),
    "GET gateways/": plain("gateways/"),
    "PUT gateways/{code}/": plain("gateways/sms/", {"mode": "off"}),
    "PUT gateways/{code}/ #mail": plain("gateways/mail/", {"mode": "off"}),
    "PUT gateways/{code}/ #store": plain("gateways/store/", {"mode": "sandbox"}),
    "POST gateways/{code}/check/": plain("gateways/sms/check/"),
    "POST gateways/{code}/check/ #mail": plain("gateways/mail/check/"),
    "POST gateways/{code}/check/ #store": plain("gateways/store/check/"),
    "GET employees/{card_id}/notices/": card("notices/"),
    "PUT employees/{card_id}/mute/": card("mute/", MUTED),
    "GET tasks/{card_id}/notices/": task("notices/"),
    "PUT tasks/{card_id}/mute/": task("mute/", MUTED),
    "POST hooks/telegram/": plain("hooks/telegram/", UPDATE),
    "POST hooks/telegram/ #with-secret": _with_bot(_with_secret),
}
PUBLIC_CALLS: dict[str, Maker] = {"POST hooks/telegram/": plain("hooks/telegram/", UPDATE)}
