"""The outside world for tests of channels: a sandbox of its own, and settings that lead there."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from core.context import control_scope
from core.gateways.queries import shared_bot
from core.identity.models import Principal
from core.notifications.models import Delivery, Preference
from core.organization.models import Employee
from core.outbox.models import Outbox, Wakeup
from tests.infra.sandbox.process import SandboxProcess

BOT = "pult_demo_bot"
TOKEN = "1000000001:test-bot-secret-0123456789"
PASSWORD = "sms-password"


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
    settings.TELEGRAM_API_URL = f"{_world.url}/telegram"
    yield _world
    assert _world.call("DELETE", "/faults")[0] == 204


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
def with_phone(inside: Any) -> Callable[..., str]:
    """`with_phone(person, number)` writes a mobile number into somebody's card."""

    def write(person: Any, number: str) -> str:
        with inside(person.company):
            Employee.objects.filter(pk=person.id).update(phone=number)
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
    import json

    told, _, answer = world.call("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    assert told == status, answer
    return json.loads(answer)


def bot() -> Any:
    """The sandbox's bot as the product knows it."""
    return shared_bot("sandbox")
