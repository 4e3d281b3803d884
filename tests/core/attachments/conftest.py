"""A real store (the S3 stand-in as a child process), and people with a card between them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from django.utils import timezone

from core.context import control_scope
from core.outbox.models import Outbox, Wakeup
from tests.infra.sandbox.process import ACCESS, SECRET, SandboxProcess

BUCKET = "files"


@pytest.fixture(scope="session")
def s3_stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    sandbox = SandboxProcess(tmp_path_factory.mktemp("store")).start()
    sandbox.s3().create_bucket(Bucket=BUCKET)
    yield sandbox
    sandbox.stop()


@pytest.fixture
def store(s3_stand_in: SandboxProcess, settings: Any) -> Iterator[Any]:
    """The product's own settings point at the store; yields a client that sees all of it. Empty at the beginning."""
    settings.S3_ENDPOINT_URL = settings.S3_PUBLIC_URL = f"{s3_stand_in.url}/s3"
    settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY, settings.S3_BUCKET = ACCESS, SECRET, BUCKET
    client = s3_stand_in.s3()
    for key in keys_in(client):
        client.delete_object(Bucket=BUCKET, Key=key)
    yield client
    s3_stand_in.call("DELETE", "/faults")


def keys_in(client: Any) -> list[str]:
    """Keys of all objects in the store."""
    return [found["Key"] for found in client.list_objects_v2(Bucket=BUCKET).get("Contents", [])]


@dataclass
class Ticket:
    """Leave to upload one file."""

    id: int
    url: str
    headers: dict[str, str]

    def put(self, content: bytes, **headers: str) -> httpx.Response:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.put(self.url, content=content, headers=self.headers | told)


@dataclass
class Desk:
    """One person at one card."""

    client: Any
    card: str
    deliver: Callable[[], int]
    last: dict[str, Any] = field(default_factory=dict)

    def wish(self, name: str, size: int, content_type: str = "", path: str = "") -> Any:
        body = {"name": name, "size": size, "content_type": content_type}
        return self.client.post(path or f"{self.card}attachments/", body)

    def ticket(self, name: str, size: int, content_type: str = "", path: str = "") -> Ticket:
        answer = self.wish(name, size, content_type, path)
        assert answer.status_code == 201, answer.json()
        told = answer.json()
        assert told["upload"]["method"] == "PUT"
        return Ticket(told["id"], told["upload"]["url"], told["upload"]["headers"])

    def attach(self, name: str, content: bytes, content_type: str = "", path: str = "") -> dict[str, Any]:
        """Upload a file as the browser does and wait for the check; the file as it then stands."""
        ticket = self.ticket(name, len(content), content_type, path)
        assert ticket.put(content).status_code == 200
        answer = self.client.post(f"attachments/{ticket.id}/complete/")
        assert (answer.status_code, answer.json()["state"]) == (200, "checking")
        self.deliver()
        return self.client.get(f"attachments/{ticket.id}/").json()

    def files(self) -> list[dict[str, Any]]:
        return self.client.get(f"{self.card}attachments/").json()["results"]


@pytest.fixture
def card(owner: Any, person: Any, company: Any) -> tuple[str, Any, Any, Any]:
    """(path of a task, initiator, assignee, a stranger who does not see it)."""
    initiator, assignee, stranger = person(company), person(company), person(company)
    answer = initiator.client.post("tasks/", {"title": "Договор с поставщиком", "assignee": assignee.id})
    assert answer.status_code == 201, answer.json()
    return f"tasks/{answer.json()['id']}/", initiator, assignee, stranger


@pytest.fixture
def desk(store: Any, card: Any, deliver: Callable[[], int]) -> Desk:
    """The initiator at the card."""
    return Desk(card[1].client, card[0], deliver)


@pytest.fixture
def later(deliver: Callable[[], int]) -> Callable[[], int]:
    """Keep all promises, those for a later moment too."""

    def run() -> int:
        with control_scope():
            Outbox.objects.update(not_before=timezone.now())
            Wakeup.objects.update(due_at=timezone.now())
        return deliver()

    return run
