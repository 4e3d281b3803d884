"""Telegram and SMS: the stand-ins refuse what the real services refuse, and a person can press what bots send."""

import http.server
import json
import threading
from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.infra.sandbox.process import SandboxProcess

TOKEN, PASSWORD, BOT = "1000000001:stand-in-secret-0123456789", "sms-password", "pult_demo_bot"
_numbers = count(1)


@pytest.fixture(scope="module")
def _phones(tmp_path_factory) -> Iterator[SandboxProcess]:
    sandbox = SandboxProcess(
        tmp_path_factory.mktemp("phones"), SANDBOX_BOT_TOKEN=TOKEN, SANDBOX_SMS_PASSWORD=PASSWORD
    ).start()
    yield sandbox
    sandbox.stop()


@pytest.fixture
def world(_phones) -> Iterator[SandboxProcess]:
    yield _phones
    assert _phones.call("DELETE", "/faults")[0] == 204


@pytest.fixture
def number() -> str:
    return f"7913{next(_numbers):07}"


def bot(world, method, token=TOKEN, **form) -> tuple[int, dict[str, Any]]:
    """One call of the Bot API."""
    body = urlencode(form).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    status, _, answer = world.call("POST", f"/telegram/bot{token}/{method}", body, headers)
    return status, json.loads(answer)


def do(world, path, **body) -> tuple[int, dict[str, Any]]:
    """Something that a person with a telephone does."""
    status, _, answer = world.call("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    return status, json.loads(answer)


def person(world, *, started=True) -> int:
    chat = do(world, "/telegram/people", name="Анна")[1]["chat"]
    if started:
        do(world, "/telegram/say", bot=BOT, chat=chat, text="/start")
    return chat


def keyboard(*buttons) -> str:
    return json.dumps({"inline_keyboard": [[button] for button in buttons]})


def ask(placeholder) -> str:
    return json.dumps({"force_reply": True, "input_field_placeholder": placeholder})


def answers(number) -> str:
    return json.dumps({"message_id": number})


BUTTON = {"text": "Ознакомлен", "callback_data": "a:1"}


@pytest.mark.row("I-03")
@pytest.mark.parametrize(
    "method,form,status,words",
    [
        ("sendMessage", {"text": "x"}, 400, "chat_id is empty"),
        ("sendMessage", {"chat_id": "nobody", "text": "x"}, 400, "chat_id is empty"),
        ("sendMessage", {"chat_id": 999_999, "text": "x"}, 400, "chat not found"),
        ("sendMessage", {"text": ""}, 400, "message text is empty"),
        ("sendMessage", {"text": "  "}, 400, "message text is empty"),
        ("sendMessage", {"text": "x" * 4097}, 400, "message is too long"),
        ("sendMessage", {"text": "x", "reply_markup": "{"}, 400, "can't parse reply keyboard markup JSON object"),
        ("sendMessage", {"text": "x", "reply_markup": "[]"}, 400, "can't parse reply keyboard markup JSON object"),
        ("sendMessage", {"text": "x", "reply_markup": keyboard({"text": "x"})}, 400, "BUTTON_DATA_INVALID"),
        (
            "sendMessage",
            {"text": "x", "reply_markup": keyboard({"text": "x", "callback_data": "ж" * 33})},
            400,
            "BUTTON_DATA_INVALID",
        ),
        ("sendMessage", {"text": "x", "reply_markup": keyboard({"callback_data": "x"})}, 400, "Text buttons"),
        ("sendMessage", {"text": "x", "reply_markup": keyboard(*[BUTTON] * 101)}, 400, "reply markup is too long"),
        (
            "sendMessage",
            {"text": "x", "reply_markup": json.dumps({"inline_keyboard": [[BUTTON] * 9]})},
            400,
            "reply markup is too long",
        ),
        ("sendMessage", {"text": "x", "reply_markup": ask("x" * 65)}, 400, "placeholder has invalid length"),
        ("sendMessage", {"text": "x", "reply_parameters": answers(10**9)}, 400, "message to be replied not found"),
        ("sendMessage", {"text": "x", "reply_parameters": "{}"}, 400, "can't parse reply parameters"),
        ("sendMessage", {"text": "x", "reply_parameters": answers("1")}, 400, "can't parse reply parameters"),
        ("editMessageReplyMarkup", {"message_id": 10**9}, 400, "message to edit not found"),
        ("editMessageText", {"message_id": 10**9, "text": "x"}, 400, "message to edit not found"),
        ("editMessageReplyMarkup", {}, 400, "message identifier is not specified"),
        ("answerCallbackQuery", {"callback_query_id": "0"}, 400, "query is too old"),
        ("answerCallbackQuery", {"callback_query_id": "0", "text": "x" * 201}, 400, "MESSAGE_TOO_LONG"),
        ("setWebhook", {"url": "http://evil.example/"}, 400, "An HTTPS URL must be provided"),
        (
            "setWebhook",
            {"url": "https://x/", "secret_token": "ключ"},
            400,
            "secret token contains unallowed characters",
        ),
        ("sendPigeon", {}, 404, "Not Found"),
    ],
)
def test_the_bot_api_refuses(world, method, form, status, words):
    if "chat_id" not in form and words not in ("chat_id is empty",):
        form = {"chat_id": person(world), **form}
    told, body = bot(world, method, **form)
    assert (told, body["ok"], body["error_code"]) == (status, False, status)
    assert words in body["description"]


@pytest.mark.row("I-03")
def test_a_wrong_token_is_nobody(world):
    for token in ("1000000001:wrong", "x", BOT):
        assert bot(world, "getMe", token=token)[0] == 401
    assert bot(world, "getMe")[1]["result"]["username"] == BOT


@pytest.mark.row("I-03")
def test_who_has_not_pressed_start_or_has_blocked_the_bot_is_not_written_to(world):
    shy = person(world, started=False)
    assert bot(world, "sendMessage", chat_id=shy, text="x") == (
        403,
        {"ok": False, "error_code": 403, "description": "Forbidden: bot can't initiate conversation with a user"},
    )
    chat = person(world)
    do(world, "/telegram/block", bot=BOT, chat=chat, blocked=True)
    status, body = bot(world, "sendMessage", chat_id=chat, text="x")
    assert (status, body["description"]) == (403, "Forbidden: bot was blocked by the user")
    do(world, "/telegram/block", bot=BOT, chat=chat, blocked=False)
    assert bot(world, "sendMessage", chat_id=chat, text="x")[0] == 200


def test_a_chat_in_a_hurry_is_slowed_down(world):
    chat = person(world)
    answers = [bot(world, "sendMessage", chat_id=chat, text="x") for _ in range(6)]
    slowed = [body for status, body in answers if status == 429]
    assert slowed and slowed[0]["parameters"]["retry_after"] == 1


def test_an_edit_that_changes_nothing_is_refused(world):
    chat = person(world)
    number = bot(world, "sendMessage", chat_id=chat, text="x", reply_markup=keyboard(BUTTON))[1]["result"]["message_id"]
    form = {"chat_id": chat, "message_id": number}
    assert bot(world, "editMessageReplyMarkup", **form)[0] == 200
    assert "message is not modified" in bot(world, "editMessageReplyMarkup", **form)[1]["description"]


def send(world, chat, **form) -> int:
    return bot(world, "sendMessage", chat_id=chat, text="x", **form)[1]["result"]["message_id"]


@pytest.mark.row("I-03")
def test_a_question_gets_no_buttons_and_none_stands_under_what_was_said(world):
    chat = person(world)
    number = send(world, chat, reply_markup=keyboard(BUTTON))
    form = {"chat_id": chat, "message_id": number}
    assert (
        "inline keyboard expected"
        in bot(world, "editMessageReplyMarkup", **form, reply_markup=ask("?"))[1]["description"]
    )
    question = send(world, chat, reply_markup=ask("Ваш ответ"), reply_parameters=answers(number))
    (asked,) = (row for row in world.json(f"/telegram/messages?chat={chat}") if row["id"] == question)
    assert (asked["asks"], asked["answers"], asked["buttons"]) == (True, number, [])
    gone = json.dumps({"message_id": 10**9, "allow_sending_without_reply": True})
    alone = send(world, chat, reply_parameters=gone)
    assert next(row["answers"] for row in world.json(f"/telegram/messages?chat={chat}") if row["id"] == alone) == 0


def test_edited_buttons_are_those_that_can_be_pressed(world, hook):
    chat = person(world, started=False)
    do(world, "/telegram/say", bot=BOT, chat=chat, text="/start")
    other = {"text": "Начать", "callback_data": "b:1"}
    number = send(world, chat, reply_markup=keyboard(BUTTON))
    rows = json.dumps({"inline_keyboard": [[BUTTON, other]]})
    assert bot(world, "editMessageReplyMarkup", chat_id=chat, message_id=number, reply_markup=rows)[0] == 200
    assert do(world, "/telegram/press", message=number, data="b:1") == (200, {"answer": "Готово"})
    assert hook[-1][1]["callback_query"]["message"]["reply_markup"]["inline_keyboard"] == [[BUTTON, other]]


def test_an_answer_carries_the_message_that_it_answers(world, hook):
    chat, stranger = person(world, started=False), person(world, started=False)
    do(world, "/telegram/say", bot=BOT, chat=chat, text="/start")
    number = send(world, chat, reply_markup=keyboard(BUTTON))
    assert do(world, "/telegram/say", bot=BOT, chat=chat, text="Да", answers=number)[0] == 200
    told = hook[-1][1]["message"]
    assert (told["text"], told["reply_to_message"]["message_id"]) == ("Да", number)
    assert told["reply_to_message"]["from"]["is_bot"] and not told["from"]["is_bot"]
    assert do(world, "/telegram/say", bot=BOT, chat=stranger, text="Да", answers=number)[0] == 502
    assert do(world, "/telegram/say", bot=BOT, chat=chat, text="Да", answers=10**9)[0] == 502
    assert do(world, "/telegram/say", bot=BOT, chat=chat, text="Да", answers="x")[0] == 422


class Hook(http.server.BaseHTTPRequestHandler):
    """A bot that answers a press, and says no the first time."""

    heard: list[tuple[str, dict[str, Any]]]
    host = ""

    def do_POST(self) -> None:
        update = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Hook.host = self.headers["Host"]
        self.heard.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], update))
        reply = b"{}"
        if query := update.get("callback_query"):
            said = {"method": "answerCallbackQuery", "callback_query_id": query["id"], "text": "Готово"}
            reply = json.dumps(said).encode()
        self.send_response(200 if len(self.heard) > 1 else 503)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def hook(world) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    Hook.heard = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    assert bot(world, "setWebhook", url=address, secret_token="secret-1")[0] == 200
    yield Hook.heard
    bot(world, "deleteWebhook")
    server.shutdown()


@pytest.mark.row("I-03")
def test_a_press_goes_to_the_webhook_until_it_is_heard_and_brings_the_answer_back(world, hook):
    chat = person(world, started=False)
    assert do(world, "/telegram/say", bot=BOT, chat=chat, text="/start code")[0] == 200
    assert [secret for secret, _ in hook] == ["secret-1", "secret-1"]
    first, second = (update for _, update in hook)
    assert first == second and first["message"]["text"] == "/start code" and first["message"]["chat"]["id"] == chat
    number = bot(world, "sendMessage", chat_id=chat, text="x", reply_markup=keyboard(BUTTON))[1]["result"]["message_id"]
    assert do(world, "/telegram/press", message=number, data="a:1") == (200, {"answer": "Готово"})
    assert do(world, "/telegram/press", message=number, data="a:2")[0] == 502
    pressed = hook[-1][1]
    assert pressed["update_id"] > first["update_id"] and pressed["callback_query"]["data"] == "a:1"


def test_a_companys_own_host_is_this_machine_whatever_the_resolver_knows(world, hook):
    port = bot(world, "getWebhookInfo")[1]["result"]["url"].rpartition(":")[2].rstrip("/")
    assert bot(world, "setWebhook", url=f"http://alfa.localhost:{port}/", secret_token="secret-2")[0] == 200
    chat = person(world, started=False)
    assert do(world, "/telegram/say", bot=BOT, chat=chat, text="/start code")[0] == 200
    assert [secret for secret, _ in hook] == ["secret-2", "secret-2"]
    assert Hook.host == f"alfa.localhost:{port}"


def sms(world, page, **form) -> dict[str, Any]:
    body = urlencode({"login": "pult", "psw": PASSWORD, "fmt": 3, **form}).encode()
    status, _, answer = world.call("POST", f"/smsc/sys/{page}", body)
    assert status == 200, answer
    return json.loads(answer)


@pytest.mark.row("I-03", "T-06")
@pytest.mark.parametrize(
    "form,code",
    [
        ({"psw": "wrong"}, 2),
        ({"login": "other"}, 2),
        ({"phones": ""}, 1),
        ({"mes": ""}, 1),
        ({"id": "x"}, 1),
        ({"id": str(2**31)}, 1),
        ({"phones": "12345"}, 7),
        ({"mes": "ж" * 700}, 1),
        ({"sender": "x" * 16}, 6),
    ],
)
def test_the_provider_refuses(world, number, form, code):
    told = sms(world, "send.php", **{"phones": number, "mes": "Привет", "id": "7", **form})
    assert told["error_code"] == code
    assert world.json(f"/sms/messages?to={number}") == []


@pytest.mark.row("I-03", "T-06")
def test_the_provider_takes_counts_and_delivers(world, number):
    told = sms(world, "send.php", phones=f"+{number}", mes="Привет", id=7)
    assert (told["id"], told["cnt"], told["cost"]) == (7, 1, "3.20")
    (message,) = world.json(f"/sms/messages?to=%2B{number}")
    assert (message["to"], message["text"], message["segments"]) == (number, "Привет", 1)
    assert sms(world, "send.php", phones=number, mes="Привет", id=8)["error_code"] == 9
    assert sms(world, "status.php", phone=number, id=7)["status"] in (0, 1)
    assert sms(world, "status.php", phone=number, id=8)["status"] == -3
    assert sms(world, "balance.php")["balance"] == "1000.00"


@pytest.mark.parametrize(
    "path,status",
    [
        ("/phone/", 200), ("/telegram/", 200), ("/sms/", 200), ("/phone/phone.js", 200), ("/phone/phone.css", 200),
        ("/telegram/messages?chat=x", 400), ("/sms/messages?limit=-1", 400), ("/phone/../app.py", 404),
        ("/telegram/nowhere", 404), ("/smsc/sys/nowhere.php", 404),
    ],
)  # fmt: skip
def test_pages(world, path, status):
    assert world.call("GET", path)[0] == status


@pytest.mark.parametrize(
    "path,body,status",
    [
        ("/telegram/people", {"name": ""}, 422),
        ("/telegram/people", {"name": "x" * 61}, 422),
        ("/telegram/say", {"bot": BOT, "chat": 5, "text": "x"}, 422),
        ("/telegram/press", {"message": "1", "data": "x"}, 422),
        ("/telegram/push", {"bot": BOT, "update": []}, 422),
        ("/telegram/bots", {"name": "no"}, 422),
        ("/telegram/bots", {"name": BOT}, 422),
    ],
)
def test_what_a_person_cannot_do(world, path, body, status):
    assert do(world, path, **body)[0] == status


def test_strangers_pages_press_nothing(world):
    foreign = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Content-Type": "application/json"}
    assert world.call("POST", "/telegram/people", b'{"name": "x"}', foreign)[0] == 403
    assert world.call("GET", "/sms/messages", headers={"Host": "evil.example"})[0] == 403
