"""The outside world for tests of channels: a sandbox of its own, and settings that lead there."""

import json
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core import mail
from core.context import control_scope
from core.gateways.jobs import webhook_secret
from core.gateways.queries import push_account, shared_bot
from core.identity.models import Principal
from core.notifications.models import Delivery, Preference
from core.organization.models import Employee
from core.outbox.models import Outbox, Wakeup
from tests.infra.sandbox.process import SandboxProcess

BOT = "pult_demo_bot"
TOKEN = "1000000001:test-bot-secret-0123456789"
PASSWORD = "sms-password"
HOOK = "/api/v1/hooks/telegram/"
_updates = count(1)
# Before the fixture of all tests puts a list in its place.
HAND_OVER = mail.hand_over
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


@pytest.fixture(scope="session")
def _world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    folder = tmp_path_factory.mktemp("world")
    sandbox = SandboxProcess(folder, SANDBOX_BOT_TOKEN=TOKEN, SANDBOX_SMS_PASSWORD=PASSWORD).start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def world(_world: SandboxProcess, settings: Any) -> Iterator[SandboxProcess]:
    """The sandbox; the product's settings lead to it."""
    settings.SANDBOX_URL = settings.SANDBOX_PUBLIC_URL = _world.url
    settings.SANDBOX_BOT_TOKEN, settings.SANDBOX_SMS_PASSWORD = TOKEN, PASSWORD
    settings.SANDBOX_SMTP_URL = f"smtp://127.0.0.1:{_world.smtp_port}"
    settings.TELEGRAM_API_URL = f"{_world.url}/telegram"
    yield _world
    assert _world.call("DELETE", "/faults")[0] == 204


@pytest.fixture
def smtp(world: SandboxProcess, mailbox: Any, monkeypatch: pytest.MonkeyPatch) -> SandboxProcess:
    """The sandbox with its mailbox; letters go by real SMTP to wherever the settings and the company say."""
    monkeypatch.setattr(mail, "hand_over", HAND_OVER)
    return world


@pytest.fixture
def linked(world: SandboxProcess, inside: Any) -> Callable[..., int]:
    """`linked(person)` ties a new telephone to somebody; its chat."""

    def make(person: Any, *, started: bool = True) -> int:
        chat = post(world, "/telegram/people", {"name": "Телефон"})["chat"]
        if started:
            # Without a webhook nobody hears the greeting, at once; the chat is open all the same.
            assert world.call("POST", f"/telegram/bot{TOKEN}/deleteWebhook")[0] == 200
            post(world, "/telegram/say", {"bot": BOT, "chat": chat, "text": "/start"}, status=502)
        with inside(person.company):
            Preference.objects.update_or_create(
                principal_id=person.principal.pk, defaults={"chat_id": chat, "chat_scope": "sandbox"}
            )
        return chat

    return make


@pytest.fixture
def hook(world: SandboxProcess) -> Callable[..., Any]:
    """`hook({...})` is an update as Telegram brings it."""

    def run(update: Any, *, secret: Any = None, number: int = 0, host: str = "localhost:8000") -> Any:
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook_secret(bot()) if secret is None else secret}
        body = json.dumps({"update_id": number or next(_updates), **update})
        return Client(raise_request_exception=False).post(
            HOOK, body, content_type="application/json", headers=headers | {"Host": host}
        )

    return run


@pytest.fixture
def subscribed(world: SandboxProcess) -> Callable[..., dict[str, Any]]:
    """`subscribed(person)` turns notices on in a browser of somebody: what the browser holds, and `row`."""

    def make(person: Any, *, agent: str = CHROME, told: bool = True) -> dict[str, Any]:
        account = push_account()
        assert account is not None
        held = post(world, "/webpush/subscribe", {"name": person.email, "key": account.key.public})
        if not told:
            return held
        body = {"endpoint": held["endpoint"], "keys": held["keys"]}
        answer = person.browser.post("notices/browsers/", body, User_Agent=agent)
        assert answer.status_code == 201, answer.content
        return held | {"row": answer.json()["id"]}

    return make


@pytest.fixture
def shown(world: SandboxProcess) -> Callable[[dict[str, Any]], list[dict[str, Any]]]:
    """`shown(browser)` is what has come in it, oldest first, as its worker reads it, with `topic` and `ttl` beside."""

    def read(held: dict[str, Any]) -> list[dict[str, Any]]:
        rows = world.json(f"/webpush/messages?browser={held['id']}")
        return [row | json.loads(row["text"]) for row in reversed(rows)]

    return read


@pytest.fixture
def with_phone(inside: Any) -> Callable[..., str]:
    """`with_phone(person, number)` writes a mobile number into somebody's card; he has proved it unless said."""

    def write(person: Any, number: str, *, proved: bool = True) -> str:
        with inside(person.company):
            Employee.objects.filter(pk=person.id).update(phone=number, phone_proved=number if proved else "")
        return number

    return write


@pytest.fixture
def later(db: None, inside: Any) -> Callable[[], None]:
    """`later()` lets every promise and wakeup be due now, as if its time had come."""

    def run() -> None:
        with control_scope():
            Outbox.objects.update(not_before=timezone.now())
            Wakeup.objects.update(due_at=timezone.now())

    return run


@pytest.fixture
def sent(inside: Any) -> Callable[..., list[Delivery]]:
    """`sent(person, "sms")` are his rows of a channel, oldest first."""

    def find(person: Any, channel: str) -> list[Delivery]:
        with inside(person.company):
            who = Principal.objects.get(pk=person.principal.pk)
            return list(Delivery.objects.filter(principal=who, channel=channel).order_by("pk"))

    return find


def post(world: SandboxProcess, path: str, body: Any, *, status: int = 200) -> Any:
    """Do something as a person with a telephone."""
    told, _, answer = world.call("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    assert told == status, answer
    return json.loads(answer)


def message(chat: int, text: str, kind: str = "private", **more: Any) -> dict[str, Any]:
    """What somebody has written to the bot; `answers` is what the sandbox keeps of the message that he answers."""
    who = {"id": chat, "is_bot": False, "first_name": "Пётр", "username": "petr"}
    told = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": kind}, "from": who, "text": text, **more}
    if answered := told.pop("answers", None):
        robot = {"id": int(TOKEN.partition(":")[0]), "is_bot": True, "first_name": "Пульт"}
        known = {"message_id": answered["id"], "text": answered["text"], "from": robot}
        told["reply_to_message"] = {"date": 1, "chat": {"id": chat, "type": kind}, **known}
    return {"message": told}


def press(chat: int, data: str, under: int = 0) -> dict[str, Any]:
    """A press of a button, `under` a message of this number."""
    who = {"id": chat, "is_bot": False, "first_name": "Пётр"}
    place = {"message_id": under, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "x"}
    query = {"id": str(next(_updates)), "from": who, "chat_instance": "1", "data": data}
    return {"callback_query": {**query, **({"message": place} if under else {})}}


def came(world: SandboxProcess, address: str) -> list[dict[str, Any]]:
    """Letters that lie in somebody's box of the sandbox, newest first."""
    return world.json(f"/mail/messages?to={address}")


def said(world: SandboxProcess, chat: int) -> list[dict[str, Any]]:
    """What the bot has said in a chat, newest first."""
    return [row for row in world.json(f"/telegram/messages?chat={chat}") if row["from_bot"]]


def titles(row: dict[str, Any]) -> list[str]:
    """What the buttons under a message say, in their order."""
    return [button["text"] for line in row["buttons"] for button in line]


def data_of(row: dict[str, Any], title: str) -> str:
    """What a button under a message sends."""
    return next(one["callback_data"] for line in row["buttons"] for one in line if one["text"] == title)


def bot() -> Any:
    """The sandbox's bot as the product knows it."""
    return shared_bot("sandbox")
