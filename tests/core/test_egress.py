"""Addresses that people type lead to the Internet and nowhere else."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from core import egress
from core.context import company_scope
from core.egress import EgressRefused, NameUnknown, call, checked, is_public, parsed

PRIVATE = (
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
)  # fmt: skip
# What resolves to this machine in one way or another.
INSIDE = (
    "http://127.0.0.1/", "http://localhost/", "http://company.localhost/", "http://2130706433/", "http://0x7f000001/",
    "http://0177.0.0.1/", "http://127.1/", "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
    "http://169.254.169.254/latest/meta-data/", "http://192.168.0.1:8080/", "https://10.1.2.3/",
)  # fmt: skip
NO_ADDRESSES = (
    "", "sms", "ftp://example.ru/", "file:///etc/passwd", "gopher://example.ru/", "https:///path", "javascript:1",
    "https://user:pass@example.ru/", "https://example.ru:5432/", "http://example.ru:6379/", "http://example.ru:25/",
    "https://" + "a" * 2000 + ".ru/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _no_sandbox(settings):
    settings.SANDBOX_URL = ""


@pytest.mark.parametrize("ip", PRIVATE)
def test_networks_of_ours_are_not_public(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_the_internet_is_public(ip):
    assert is_public(ip)


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_is_refused_in_words(address):
    with pytest.raises(EgressRefused) as refusal:
        parsed(address)
    assert any("а" <= sign <= "я" for sign in refusal.value.reason)


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_inside_is_called(address):
    with pytest.raises(EgressRefused):
        call("GET", address)


def test_a_name_with_one_inner_address_is_refused_whole(monkeypatch):
    _resolves(monkeypatch, "93.184.216.34", "10.0.0.1")
    with pytest.raises(EgressRefused, match="внутреннюю сеть"):
        checked("https://sms.example/")


def test_an_unknown_name_is_said_so(monkeypatch):
    def unknown(*told, **named):
        raise socket.gaierror

    monkeypatch.setattr(egress.socket, "getaddrinfo", unknown)
    with pytest.raises(EgressRefused, match="не найден"):
        checked("https://sms.example/")


@pytest.fixture
def dead_resolver(monkeypatch) -> Iterator[threading.Event]:
    """Nobody answers what a name stands for until the test lets them; set the event to do so."""
    speak, really = threading.Event(), socket.getaddrinfo

    def silent(host, port, *told, **named):
        if host.endswith(".example"):
            speak.wait(30)
        return really("127.0.0.1", port, *told, **named)

    monkeypatch.setattr(egress.socket, "getaddrinfo", silent)
    monkeypatch.setattr(egress, "_asking", threading.BoundedSemaphore(2))
    yield speak
    speak.set()
    for thread in _waiting():
        thread.join(10)


def _waiting() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "egress-lookup"]


def test_a_dead_resolver_holds_nobody(dead_resolver):
    begun = time.monotonic()
    with pytest.raises(NameUnknown, match="вовремя"):
        call("GET", "http://sms.example/", seconds=0.1)
    assert time.monotonic() - begun < 5


def test_names_are_asked_for_again_when_the_resolver_is_back(dead_resolver):
    for _ in range(3):
        with pytest.raises(NameUnknown, match="вовремя"):
            checked("http://sms.example/", seconds=0.05)
    waiting = _waiting()
    assert len(waiting) == 2, "however many ask, so many threads at most wait"
    dead_resolver.set()
    for thread in waiting:
        thread.join(10)
    with pytest.raises(EgressRefused, match="внутреннюю сеть"):
        checked("http://sms.example/")


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.seen.append((self.headers["Host"], self.path))
        if self.path == "/drips":
            return self._drip()
        moved = self.path == "/moved"
        self.send_response(302 if moved else 200)
        if moved:
            self.send_header("Location", "http://169.254.169.254/")
        self.end_headers()
        self.wfile.write(b"x" * (200_000 if self.path == "/long" else 3))

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        try:
            for number in range(100):
                self.wfile.write(f"X-{number}: x\r\n".encode())
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            self.server.left.set()

    def log_message(self, *told: object) -> None:
        """Quiet."""


@pytest.fixture
def page(monkeypatch) -> Iterator[HTTPServer]:
    """A server whose port and address pass for public ones."""
    server = HTTPServer(("127.0.0.1", 0), _Page)
    server.seen, server.left = [], threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(egress, "PORTS", (server.server_port,))
    monkeypatch.setattr(egress, "is_public", lambda ip: True)
    yield server
    server.shutdown()
    server.server_close()


def test_the_connection_goes_to_the_address_that_was_seen(page, monkeypatch):
    asked = _resolves(monkeypatch, "127.0.0.1")
    assert call("GET", f"http://sms.example:{page.server_port}/send").text == "xxx"
    assert page.seen == [(f"sms.example:{page.server_port}", "/send")], "under its own name"
    assert asked == ["sms.example"], "a name that answers differently the second time is not asked"


def test_nobody_is_led_on(page, monkeypatch):
    _resolves(monkeypatch, "127.0.0.1")
    assert call("GET", f"http://sms.example:{page.server_port}/moved").status == 302
    assert len(page.seen) == 1


def test_a_long_answer_is_cut(page, monkeypatch):
    _resolves(monkeypatch, "127.0.0.1")
    assert len(call("GET", f"http://sms.example:{page.server_port}/long").text) == egress.LONGEST_ANSWER


def test_who_drips_headers_holds_nobody(page, monkeypatch):
    _resolves(monkeypatch, "127.0.0.1")
    begun = time.monotonic()
    with pytest.raises(httpx.ReadTimeout):
        call("GET", f"http://sms.example:{page.server_port}/drips", seconds=0.3)
    assert time.monotonic() - begun < 2
    assert page.left.wait(5), "and is hung up on"


def test_a_closed_door_is_no_answer(page, monkeypatch):
    _resolves(monkeypatch, "127.0.0.1")
    monkeypatch.setattr(egress, "PORTS", (1,))
    with pytest.raises(httpx.ConnectError):
        call("GET", "http://sms.example:1/")


def test_nobody_is_called_from_inside_a_scope(company):
    with company_scope(company), pytest.raises(RuntimeError):
        call("GET", "https://example.ru/")


def _resolves(monkeypatch, *ips: str) -> list[str]:
    """Let names stand for these addresses; the names that are asked for."""
    really, asked = socket.getaddrinfo, list[str]()

    def answer(host, port, *told, **named):
        if host == "127.0.0.1":
            return really(host, port, *told, **named)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(egress.socket, "getaddrinfo", answer)
    return asked
