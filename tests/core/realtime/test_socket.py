"""The live socket against the whole product: real sessions, a real worker, a real Redis."""

import asyncio
import json
import socket
import time
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from core.events.bus import Told
from core.realtime import lulls
from core.realtime import socket as live
from core.realtime.announcing import messages
from core.realtime.topics import Topic
from infra.launch.product import Product, Session

SOON = 5.0


class Tab:
    """One browser tab."""

    def __init__(self, product: Product, slug: str, cookie: str, origin: str | None = None) -> None:
        self.socket = connect(
            f"ws://{slug}.localhost:{product.port}/ws/",
            sock=socket.create_connection(("127.0.0.1", product.port)),
            origin=product.url(slug) if origin is None else origin or None,
            additional_headers={"Cookie": f"pult={cookie}"},
            proxy=None,
            legacy=True,
        )

    def say(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def told(self, op: str, seconds: float = SOON) -> dict[str, Any]:
        """Wait for a message of a kind, passing over others."""
        deadline = time.monotonic() + seconds
        while True:
            message = json.loads(self.socket.recv(timeout=max(deadline - time.monotonic(), 0.01)))
            if message["op"] == op:
                return message

    def closed_with(self, seconds: float = SOON) -> int:
        """Wait for the end; its code."""
        deadline = time.monotonic() + seconds
        with pytest.raises(ConnectionClosed) as end:
            while True:
                self.socket.recv(timeout=max(deadline - time.monotonic(), 0.01))
        return end.value.rcvd.code


@pytest.fixture(scope="module")
def office(product: Product) -> dict[str, Any]:
    """A company with its owner and a colleague, both signed in."""
    made = product.sign_up("sokety")
    owner = product.sign_in("sokety", made["email"], made["password"])
    colleague = product.colleague("sokety", made["token"], "petrov@sokety.example")
    return {"token": made["token"], "owner": owner, "colleague": colleague}


def task_for(session: Session, title: str, assignee: int) -> dict[str, Any]:
    status, task = session.call("POST", "tasks/", {"title": title, "assignee": assignee})
    assert status == 201, task
    return task


def employee_id(session: Session) -> int:
    return session.call("GET", "me/")[1]["id"]


def tab_of(session: Session) -> Tab:
    tab = Tab(session.product, session.slug, session.cookie)
    tab.told("hello")
    return tab


@pytest.mark.committed
def test_a_colleague_hears_of_a_new_task_and_of_each_change(office):
    tab = tab_of(office["colleague"])
    tab.say(op="subscribe", topics=["list:tasks.task"])
    assert tab.told("subscribed")["topics"] == ["list:tasks.task"]
    task = task_for(office["owner"], "Проверить насос", employee_id(office["colleague"]))
    assert tab.told("changed")["topic"] == "list:tasks.task"
    tab.say(op="subscribe", topics=[task["ref"] and f"ref:{task['ref']}"])
    tab.told("subscribed")
    office["owner"].call("PATCH", f"tasks/{task['id']}/", {"title": "Проверить оба насоса"})
    while (message := tab.told("changed"))["topic"] != f"ref:{task['ref']}":
        pass
    assert set(message) == {"op", "topic", "kind", "cursor"}


@pytest.mark.committed
def test_a_binary_frame_ends_the_socket_quietly(office):
    tab = tab_of(office["owner"])
    before = office["owner"].product.log.read_text(errors="replace").count("Traceback")
    tab.socket.send(b"\x00\xff")
    assert tab.closed_with() == live.NO_BINARY
    time.sleep(0.3)
    assert office["owner"].product.log.read_text(errors="replace").count("Traceback") == before


@pytest.mark.committed
@pytest.mark.parametrize("path", ["/ws/anything", "/ws", "/", "/ws//", "/api/v1/me/"])
def test_there_is_one_address_for_sockets_and_a_try_writes_no_line(product, office, path):
    before = product.log.read_text(errors="replace")
    with pytest.raises(InvalidStatus) as refused:
        connect(
            f"ws://sokety.localhost:{product.port}{path}",
            sock=socket.create_connection(("127.0.0.1", product.port)),
            origin=product.url("sokety"),
            additional_headers={"Cookie": f"pult={office['owner'].cookie}"},
            proxy=None,
        )
    assert refused.value.response.status_code == 403
    time.sleep(0.3)
    written = product.log.read_text(errors="replace").removeprefix(before)
    assert "handshake" not in written and "ERROR" not in written


def test_a_handshake_at_another_address_is_refused_by_closing():
    said: list[dict[str, Any]] = []

    async def hear() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def say(message: dict[str, Any]) -> None:
        said.append(message)

    asyncio.run(live.no_socket({"type": "websocket", "path": "/ws/x"}, hear, say))
    assert said == [{"type": "websocket.close", "code": 4404}]


@pytest.mark.committed
def test_what_was_missed_is_told_after_a_break(office):
    first = tab_of(office["colleague"])
    first.socket.close()
    begun = Tab(office["colleague"].product, "sokety", office["colleague"].cookie)
    cursor = begun.told("hello")["cursor"]
    begun.socket.close()
    task = task_for(office["owner"], "Пока вас не было", employee_id(office["colleague"]))
    again = tab_of(office["colleague"])
    again.say(op="subscribe", topics=[f"ref:{task['ref']}", "list:tasks.task"], since=cursor)
    again.told("subscribed")
    assert again.told("changed")["cursor"] > cursor


@pytest.mark.committed
@pytest.mark.row("SE-07")
def test_a_card_that_may_not_be_seen_cannot_be_listened_to(office):
    task = task_for(office["owner"], "Секрет владельца", employee_id(office["owner"]))
    tab = tab_of(office["colleague"])
    topics = [f"ref:{task['ref']}", "ref:tasks.task/999999", "ref:nothing/1", "list:nothing", "нет"]
    tab.say(op="subscribe", topics=topics)
    answer = tab.told("subscribed")
    assert (answer["topics"], set(answer["denied"])) == ([], set(topics[:2]))


@pytest.mark.committed
@pytest.mark.row("SE-10")
def test_signing_out_elsewhere_closes_the_tab(office, product):
    colleague = product.sign_in("sokety", "petrov@sokety.example", "dlinnyy-parol-2")
    tab = tab_of(colleague)
    assert colleague.call("POST", "auth/sign-out/")[0] == 204
    assert tab.closed_with() == live.SIGNED_OUT


@pytest.mark.committed
@pytest.mark.parametrize("origin", ["http://evil.example", "http://alfa.localhost", ""])
def test_a_foreign_page_gets_no_socket(office, origin):
    tab = Tab(office["owner"].product, "sokety", office["owner"].cookie, origin=origin)
    assert tab.closed_with() == live.FORBIDDEN


@pytest.mark.committed
def test_a_session_of_another_company_gets_no_socket(office, product):
    product.sign_up("sosedi")
    assert Tab(product, "sosedi", office["owner"].cookie).closed_with() == live.SIGNED_OUT


@pytest.mark.committed
def test_what_the_company_decides_is_asked_for_again_on_every_screen(office):
    tab = tab_of(office["colleague"])
    assert office["owner"].call("PATCH", "options/", {"values": {"tasks.due_days": 3}})[0] == 200
    tab.told("me-changed")
    rules = office["colleague"].call("GET", "tasks/rules/")[1]
    assert rules["usual_due_at"]


@pytest.mark.committed
@pytest.mark.row("PL-03")
def test_a_module_switched_off_falls_silent(office):
    tab = tab_of(office["owner"])
    tab.say(op="subscribe", topics=["list:tasks.task"])
    tab.told("subscribed")
    assert office["owner"].call("PATCH", "modules/tasks/", {"enabled": False})[0] == 200
    assert tab.told("subscribed")["denied"] == ["list:tasks.task"]
    tab.told("me-changed")
    assert office["owner"].call("GET", "tasks/")[0] == 404
    assert office["owner"].call("PATCH", "modules/tasks/", {"enabled": True})[0] == 200
    tab.told("me-changed")
    assert office["owner"].call("GET", "tasks/")[0] == 200


def test_a_message_costs_no_query(monkeypatch):
    """The handler of a push neither reads the database nor waits for a thread."""
    sent: list[Any] = []
    tab = live.LiveSocket()
    tab.topics = frozenset({Topic("ref:tasks.task/1", "tasks.task", 1)})

    async def send(message: Any) -> None:
        sent.append(message)

    def refuse(*arguments: Any) -> None:
        raise AssertionError("a message asked for a thread")

    monkeypatch.setattr(tab, "send_json", send)
    monkeypatch.setattr(live, "_in_thread", refuse)
    message = {"type": "live.changed", "topic": "ref:tasks.task/1", "kind": "tasks.created", "cursor": 7}
    for _ in range(100):
        asyncio.run(tab.live_changed(message))
    assert sent == [{"op": "changed", "topic": "ref:tasks.task/1", "kind": "tasks.created", "cursor": 7}] * 100


def test_a_burst_of_facts_is_a_handful_of_messages_to_a_list_and_the_last_one_comes(monkeypatch):
    sent: list[Any] = []
    tab = live.LiveSocket()

    async def send(message: Any) -> None:
        sent.append(message)

    def refuse(*arguments: Any) -> None:
        raise AssertionError("a message asked for a thread")

    async def burst() -> None:
        for cursor in range(1, 1001):
            for topic in ("list:tasks.task", "list:organization.employee"):
                await tab.live_changed({"type": "live.changed", "topic": topic, "kind": "changed", "cursor": cursor})
        told_at_once = list(sent)
        await asyncio.sleep(3 * lulls.LULL_SECONDS)
        assert [message["cursor"] for message in told_at_once] == [1, 1]

    monkeypatch.setattr(tab, "send_json", send)
    monkeypatch.setattr(live, "_in_thread", refuse)
    asyncio.run(burst())
    for topic in ("list:tasks.task", "list:organization.employee"):
        assert [message["cursor"] for message in sent if message["topic"] == topic] == [1, 1000]
    assert not tab.lulls._timers and not tab.lulls._held, "a quiet topic leaves nothing behind"


def test_what_comes_late_within_a_lull_does_not_turn_the_cursor_back():
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message["cursor"])

    async def talk() -> None:
        held = lulls.Lulls(send, seconds=0.01)
        for cursor in (5, 9, 7):
            await held.pass_on("list:x", {"cursor": cursor})
        held_other = lulls.Lulls(send, seconds=0.01)
        for cursor in (20, 21):
            await held_other.pass_on("list:y", {"cursor": cursor})
        held_other.drop("list:y")
        await asyncio.sleep(0.05)

    asyncio.run(talk())
    assert sent == [5, 20, 9]


def test_a_change_of_many_peoples_rights_is_one_message():
    def groups(principals: list[int]) -> list[str]:
        payload = {"principal_ids": principals, "reason": "roles"}
        told = Told(1, "identity.access_changed", None, payload, 1, None, None, True)
        return [group for group, _ in messages("t_x", told)]

    assert groups([4, 7]) == ["t_x.who.4", "t_x.who.7"]
    assert groups(list(range(5000))) == ["t_x.all"]


@pytest.mark.parametrize("kind", ["entities.added", "imports.undone"])
def test_cards_that_come_or_go_by_the_batch_are_one_message_to_their_list(kind):
    told = Told(7, kind, None, {"card_kind": "tasks.task", "count": 900}, 1, None, None)
    (sent,) = messages("t_x", told)
    topic = Topic("list:tasks.task", "tasks.task")
    assert sent == (
        topic.group("t_x"),
        {"type": "live.changed", "topic": topic.text, "kind": "changed", "cursor": 7},
    )
