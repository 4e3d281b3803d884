"""The push service: refuses what real ones refuse, opens what a browser opens, keeps what it has taken."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from core.gateways.webpush.encryption import encrypt, from_base64url, to_base64url
from core.gateways.webpush.vapid import authorization, key_of
from infra.sandbox.webpush.sealed import new_private
from tests.infra.sandbox.process import SandboxProcess

pytestmark = pytest.mark.row("I-03")
KEY, STRANGER = (key_of(to_base64url(new_private())) for _ in range(2))


@pytest.fixture(scope="module")
def _pushes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    sandbox = SandboxProcess(tmp_path_factory.mktemp("pushes")).start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def world(_pushes: SandboxProcess) -> Iterator[SandboxProcess]:
    yield _pushes
    assert _pushes.call("DELETE", "/faults")[0] == 204


def do(world, path, **body) -> tuple[int, dict[str, Any]]:
    """Something that a person with a browser does."""
    status, _, answer = world.call("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    return status, json.loads(answer)


def browser(world, key=KEY.public) -> dict[str, Any]:
    status, held = do(world, "/webpush/subscribe", name="Chrome, Windows", key=key)
    assert status == 200 and held["endpoint"] == f"{world.url}/webpush/{held['id']}"
    return held


def sealed(held, text=b"{}") -> bytes:
    return encrypt(text, p256dh=from_base64url(held["keys"]["p256dh"]), auth=from_base64url(held["keys"]["auth"]))


def token(world, key=KEY, **claims) -> str:
    told = {"origin": world.url, "contact": "mailto:a@b.example", "now": time.time(), **claims}
    return authorization(key, **told)


def send(world, held, body=None, without=(), **changed) -> tuple[int, dict[str, str], bytes]:
    headers = {
        "Authorization": token(world), "TTL": "60", "Content-Encoding": "aes128gcm", "Topic": "a-topic",
        "Urgency": "high",
    } | changed  # fmt: skip
    headers = {name: value for name, value in headers.items() if name not in without}
    return world.call("POST", f"/webpush/{held['id']}", sealed(held) if body is None else body, headers)


def come(world, held) -> list[dict[str, Any]]:
    return world.json(f"/webpush/messages?browser={held['id']}")


def test_a_message_is_taken_opened_and_kept(world):
    held = browser(world)
    status, headers, _ = send(world, held, sealed(held, "{«да»}".encode()))
    assert status == 201 and headers["location"].startswith("/webpush/messages")
    (message,) = come(world, held)
    assert (message["text"], message["topic"], message["ttl"], message["urgency"]) == ("{«да»}", "a-topic", 60, "high")


REFUSALS = [
    ({"without": ["TTL"]}, 400, "TTL"),
    ({"TTL": "-1"}, 400, "TTL"),
    ({"TTL": "soon"}, 400, "TTL"),
    ({"without": ["Content-Encoding"]}, 400, "aes128gcm"),
    ({"Content-Encoding": "aesgcm"}, 400, "aes128gcm"),
    ({"Urgency": "now"}, 400, "Urgency"),
    ({"Topic": "x" * 33}, 400, "Topic"),
    ({"Topic": "a b"}, 400, "Topic"),
    ({"body": b""}, 400, "no message"),
    ({"body": b"x"}, 400, "too short"),
    ({"body": b"x" * 4096}, 400, "could not read"),
    ({"body": b"x" * 4097}, 413, "4096"),
    ({"without": ["Authorization"]}, 401, "vapid"),
    ({"Authorization": "Bearer x"}, 401, "vapid"),
    ({"Authorization": "vapid t=x, k=y"}, 401, "read"),
]


@pytest.mark.parametrize(("change", "status", "words"), REFUSALS)
def test_what_is_not_sent_as_it_must_be_is_refused(world, change, status, words):
    held = browser(world)
    told, _, answer = send(world, held, **change)
    assert told == status and words in json.loads(answer)["message"]
    assert come(world, held) == []


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"origin": "https://push.example"}, "audience"),
        ({"now": time.time() - 13 * 3600}, "expired"),
        ({"now": time.time() + 13 * 3600}, "24 hours"),
        ({"contact": "nobody"}, "contact"),
        ({"key": STRANGER}, "subscription"),
    ],
)
def test_whoever_does_not_prove_himself_is_refused(world, claims, words):
    held = browser(world)
    told, _, answer = send(world, held, Authorization=token(world, **claims))
    assert told == 403 and words in json.loads(answer)["message"]
    assert come(world, held) == []


def test_a_browser_without_a_key_takes_from_anybody(world):
    held = browser(world, key="")
    assert send(world, held, Authorization=token(world, STRANGER))[0] == 201


def test_a_message_for_another_browser_is_not_read(world):
    held, other = browser(world), browser(world)
    assert send(world, held, sealed(other))[0] == 400
    assert come(world, held) == come(world, other) == []


def test_nobody_and_the_gone(world):
    held = browser(world)
    assert send(world, held | {"id": "x" * 43})[0] == 404
    assert do(world, "/webpush/unsubscribe", id=held["id"]) == (200, {"gone": True})
    assert send(world, held)[0] == 410
    (line,) = (one for one in world.json("/webpush/browsers") if one["id"] == held["id"])
    assert (line["name"], line["gone"]) == ("Chrome, Windows", True)
    assert world.call("GET", f"/webpush/{held['id']}")[0] == 405


def test_one_browser_in_a_hurry_is_slowed_down(world):
    held = browser(world)
    answers = [send(world, held) for _ in range(14)]
    slowed = [headers for status, headers, _ in answers if status == 429]
    assert slowed and slowed[0]["retry-after"] == "2"
    assert send(world, browser(world))[0] == 201


@pytest.mark.parametrize(("mode", "status"), [("fail", 500), ("throttle", 429), ("refuse", 410)])
def test_trouble_on_demand(world, mode, status):
    held = browser(world)
    assert world.order(service="webpush", mode=mode, count=1) == 201
    assert send(world, held)[0] == status
    assert come(world, held) == []
    assert send(world, held)[0] == 201


@pytest.mark.parametrize(("mode", "kept"), [("cut", 0), ("lost", 1)])
def test_a_connection_that_breaks(world, mode, kept):
    held = browser(world)
    world.order(service="webpush", mode=mode, count=1)
    with pytest.raises(ConnectionError):
        send(world, held)
    assert len(come(world, held)) == kept


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/webpush/", 200), ("/webpush", 200), ("/webpush/browsers", 200), ("/webpush/messages", 200),
        ("/webpush/messages?limit=x", 400), ("/webpush/nowhere", 404),
    ],
)  # fmt: skip
def test_pages(world, path, status):
    assert world.call("GET", path)[0] == status


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/webpush/subscribe", {}, 422),
        ("/webpush/subscribe", {"name": "x" * 61}, 422),
        ("/webpush/subscribe", {"name": "x", "key": "short"}, 422),
        ("/webpush/unsubscribe", {"id": "x"}, 422),
        ("/webpush/unsubscribe", {}, 422),
    ],
)
def test_what_a_browser_cannot_do(world, path, body, status):
    assert do(world, path, **body)[0] == status


def test_strangers_pages_read_nothing(world):
    foreign = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Content-Type": "application/json"}
    assert world.call("POST", "/webpush/subscribe", b'{"name": "x"}', foreign)[0] == 403
    assert world.call("GET", "/webpush/messages", headers={"Host": "evil.example"})[0] == 403


def test_what_was_taken_outlives_a_kill(tmp_path):
    sandbox = SandboxProcess(tmp_path).start()
    try:
        held = browser(sandbox)
        assert send(sandbox, held)[0] == 201
        sandbox.stop(9)
        sandbox.start()
        assert len(come(sandbox, held)) == 1
    finally:
        sandbox.stop()
