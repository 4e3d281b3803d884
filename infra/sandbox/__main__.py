"""Start the outside world: `python -m infra.sandbox --port 8001 --bind 127.0.0.1 --data DIR`."""

import argparse
import asyncio
import fcntl
import logging
import os
import signal
import socket
import sys
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from infra.sandbox.app import Payments, Phones, Places, Sandbox
from infra.sandbox.exchange import CUT
from infra.sandbox.faults import Faults
from infra.sandbox.mail.mailbox import Mailbox
from infra.sandbox.mail.smtp import LONGEST_LINE, Account, SmtpServer
from infra.sandbox.s3.credentials import CredentialsMissing, Keyring
from infra.sandbox.s3.store import Store
from infra.sandbox.sms.log import SmsLog
from infra.sandbox.stripe.hooks import Hooks
from infra.sandbox.stripe.till import Till
from infra.sandbox.telegram.chats import Chats
from infra.sandbox.webpush.browsers import Browsers

# The bot that all companies share here; core.gateways.rules knows it by this name.
BOT = "pult_demo_bot"
_YIELDS = 5


class Unstartable(Exception):
    """A reason not to start, as a Russian sentence; the process ends with status 2."""


class SeverableProtocol(HttpToolsProtocol):
    """HTTP whose application may break the connection off, as a dying network does."""

    def on_message_begin(self) -> None:
        """Hand the application the means to cut this connection."""
        super().on_message_begin()
        self.scope["extensions"] = {CUT: {"abort": self.transport.abort}}


def main() -> None:
    """Run until SIGTERM or Ctrl-C."""
    options = _options()
    # It stands in for other people's machines and shares ours: whoever waits for the product goes first.
    if options.yields:
        os.nice(_YIELDS)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    # Our own handlers make a stop by signal an ordinary end with status 0.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    try:
        keyring = _keyring()
        with _locked(options.data):
            _run(options, keyring)
    except Unstartable as reason:
        sys.stderr.write(f"{reason}\n")
        sys.exit(2)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.sandbox", description="Двойники внешних служб")
    parser.add_argument("--port", type=int, required=True, help="порт HTTP: S3, почтовый ящик, неполадки")
    parser.add_argument("--smtp-port", type=int, help="порт SMTP; без него следующий за --port")
    parser.add_argument("--bind", default="127.0.0.1", help="адрес HTTP; SMTP всегда на 127.0.0.1")
    parser.add_argument("--data", type=Path, required=True, help="папка с письмами и файлами")
    parser.add_argument("--base-domain", default=_base_domain(), help="домен страниц программы")
    parser.add_argument("--yields", action="store_true", help="уступать процессор программе")
    options = parser.parse_args()
    if options.smtp_port is None:
        options.smtp_port = options.port + 1
    return options


def _base_domain() -> str:
    return os.environ.get("BASE_DOMAIN") or "localhost"


def _keyring() -> Keyring:
    if os.environ.get("PULT_ENV") == "production":
        raise Unstartable(
            "Внешний мир стоит только при разработке: в рабочей среде (PULT_ENV=production) он не запускается."
        )
    try:
        return Keyring.from_environment(os.environ)
    except CredentialsMissing as error:
        raise Unstartable(str(error)) from error


def _locked(data: Path) -> IO[str]:
    """The folder's lock file, held until closed: two sandboxes would drop each other's files."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / "lock").open("w")
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Unstartable(f"С папкой {data} уже работает другой внешний мир.") from error
    except OSError as error:
        raise Unstartable(f"Не удалось открыть папку {data}: {error.strerror}.") from error
    return lock


def _listen(bind: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in bind else socket.AF_INET
        return socket.create_server((bind, port), family=family, backlog=512)
    except OSError as error:
        raise Unstartable(f"Порт {port} на {bind} занять не удалось: {error.strerror}.") from error


def _run(options: argparse.Namespace, keyring: Keyring) -> None:
    web, smtp = _listen(options.bind, options.port), _listen("127.0.0.1", options.smtp_port)
    faults, mailbox = Faults(), Mailbox(options.data / "mail.sqlite3")
    places = Places(f"http://127.0.0.1:{options.port}/s3", f"127.0.0.1:{options.smtp_port}", options.base_domain)
    phones, payments = _phones(options.data), _payments(options)
    app = Sandbox(Store.open(options.data / "s3"), keyring, mailbox, phones, payments, faults, places)
    config = uvicorn.Config(
        app,
        http=SeverableProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=3,
    )
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_serve(uvicorn.Server(config), web, SmtpServer(mailbox, faults, _account()), smtp))


def _phones(data: Path) -> Phones:
    chats = Chats(data / "telegram.sqlite3")
    if token := os.environ.get("SANDBOX_BOT_TOKEN", ""):
        chats.add_bot(token, BOT)
    password = os.environ.get("SANDBOX_SMS_PASSWORD", "")
    return Phones(chats, SmsLog(data / "sms.sqlite3"), password, Browsers(data / "webpush.sqlite3"))


def _payments(options: argparse.Namespace) -> Payments:
    till = Till(options.data / "stripe.sqlite3", f"http://{options.base_domain}:{options.port}")
    address = os.environ.get("SANDBOX_STRIPE_HOOK", "")
    secret = os.environ.get("SANDBOX_STRIPE_SECRET", "")
    host = f"{options.base_domain}:{urlsplit(address).port or 80}"
    return Payments(till, Hooks(till.ledger, address, host, secret), os.environ.get("SANDBOX_STRIPE_KEY", ""))


async def _serve(server: uvicorn.Server, web: socket.socket, smtp: SmtpServer, door: socket.socket) -> None:
    async with await asyncio.start_server(smtp.serve, sock=door, limit=LONGEST_LINE):
        await server.serve(sockets=[web])


def _account() -> Account | None:
    user, password = os.environ.get("SANDBOX_SMTP_USER", ""), os.environ.get("SANDBOX_SMTP_PASSWORD", "")
    return Account(user, password) if user else None


if __name__ == "__main__":
    main()
