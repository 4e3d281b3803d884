"""The part of SMTP (RFC 5321) that senders use, told to fail when a test wants it."""

import asyncio
import base64
import binascii
import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from infra.sandbox.faults import Faults
from infra.sandbox.mail.mailbox import Envelope, Mailbox

log = logging.getLogger("sandbox.mail")

LARGEST_LETTER = 25 * 1024 * 1024
MOST_RECIPIENTS = 100
LONGEST_LINE = 64 * 1024
PATIENCE = 300.0
PATH = re.compile(r"(FROM|TO):\s*<([^<>\s]*)>((?:\s+\S+)*)\s*", re.IGNORECASE)
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
REPLIES = {"fail": "451 4.3.0 Temporary failure, try again later", "throttle": "450 4.7.1 Too many messages, slow down"}


class Hangup(Exception):
    """The connection ends here without another word."""


@dataclass(frozen=True)
class Account:
    """The only account that may send; None of it set means that nobody has to sign in."""

    user: str
    password: str

    def matches(self, user: str, password: str) -> bool:
        """Compare in constant time."""
        told, known = f"{user}\0{password}", f"{self.user}\0{self.password}"
        return hmac.compare_digest(told.encode("utf-8", "replace"), known.encode())


class SmtpServer:
    """Accepts letters for every address into the mailbox."""

    def __init__(self, mailbox: Mailbox, faults: Faults, account: Account | None) -> None:
        self.mailbox, self.faults, self.account = mailbox, faults, account

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection from greeting to farewell."""
        try:
            await Session(self, reader, writer).run()
        except (Hangup, ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            log.debug("connection ended: %r", error)
        finally:
            writer.close()


class Session:
    """One SMTP conversation."""

    def __init__(self, server: SmtpServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server, self._reader, self._writer = server, reader, writer
        self._signed_in = server.account is None
        self._greeted = False
        self._trouble: str | None = None
        self._utf8 = False
        self._sender: str | None = None
        self._recipients: list[str] = []
        self._verbs: dict[str, Callable[[str], Awaitable[None]]] = {
            "EHLO": self._ehlo, "HELO": self._helo, "AUTH": self._auth, "MAIL": self._mail, "RCPT": self._rcpt,
            "DATA": self._data, "RSET": self._rset, "NOOP": self._noop, "QUIT": self._quit,
        }  # fmt: skip

    async def run(self) -> None:
        """Talk until one side leaves."""
        await self._say("220 sandbox.localhost ESMTP Pult")
        while True:
            verb, _, rest = (await self._line()).partition(" ")
            action = self._verbs.get(verb.upper())
            if action is None:
                await self._say("502 5.5.2 Command not implemented")
                continue
            await action(rest.strip())

    async def _ehlo(self, _name: str) -> None:
        self._forget()
        self._greeted = True
        await self._say("250-sandbox.localhost")
        if self._server.account:
            await self._say("250-AUTH PLAIN LOGIN")
        await self._say(f"250-SIZE {LARGEST_LETTER}")
        for extension in ("PIPELINING", "ENHANCEDSTATUSCODES", "SMTPUTF8"):
            await self._say(f"250-{extension}")
        await self._say("250 8BITMIME")

    async def _helo(self, _name: str) -> None:
        self._forget()
        self._greeted = True
        await self._say("250 sandbox.localhost")

    async def _auth(self, rest: str) -> None:
        if self._server.account is None:
            return await self._say("502 5.5.1 Authentication is not enabled")
        mechanism, _, initial = rest.partition(" ")
        try:
            user, password = await self._told_credentials(mechanism.upper(), initial)
        except (binascii.Error, UnicodeError, ValueError):
            return await self._say("501 5.5.2 Cannot decode")
        self._signed_in = self._server.account.matches(user, password)
        await self._say("235 2.7.0 Authentication successful" if self._signed_in else "535 5.7.8 Authentication failed")

    async def _told_credentials(self, mechanism: str, initial: str) -> tuple[str, str]:
        if mechanism == "PLAIN":
            _, user, password = (await self._answer_to("", initial)).split("\0")
            return user, password
        if mechanism == "LOGIN":
            return await self._answer_to("Username:", initial), await self._answer_to("Password:", "")
        raise ValueError(mechanism)

    async def _answer_to(self, question: str, initial: str) -> str:
        if not initial:
            await self._say(f"334 {base64.b64encode(question.encode()).decode()}")
            initial = await self._line()
        return base64.b64decode(initial, validate=True).decode()

    async def _mail(self, rest: str) -> None:
        match = PATH.fullmatch(rest)
        if match is None or match[1].upper() != "FROM":
            return await self._say("501 5.5.4 Syntax: MAIL FROM:<address>")
        if not self._greeted or self._sender is not None:
            return await self._say("503 5.5.1 Bad sequence of commands")
        if not self._signed_in:
            return await self._say("530 5.7.0 Authentication required")
        options = dict(option.upper().partition("=")[::2] for option in match[3].split())
        size = options.get("SIZE", "0")
        if not re.fullmatch(r"[0-9]{1,20}", size):
            return await self._say("501 5.5.4 Bad SIZE")
        if int(size) > LARGEST_LETTER:
            return await self._say("552 5.3.4 Message too big")
        self._utf8 = "SMTPUTF8" in options
        if not self._is_speakable(match[2], may_be_empty=True):
            return await self._say("553 5.1.7 Bad sender address")
        self._trouble = await self._server.faults.strike("mail")
        if self._trouble in REPLIES:
            return await self._say(REPLIES[self._trouble])
        self._sender = match[2]
        await self._say("250 2.1.0 Ok")

    async def _rcpt(self, rest: str) -> None:
        match = PATH.fullmatch(rest)
        if match is None or match[1].upper() != "TO":
            return await self._say("501 5.5.4 Syntax: RCPT TO:<address>")
        if self._sender is None:
            return await self._say("503 5.5.1 Bad sequence of commands")
        if not self._is_speakable(match[2], may_be_empty=False):
            return await self._say("553 5.1.3 Bad recipient address")
        if len(self._recipients) >= MOST_RECIPIENTS:
            return await self._say("452 4.5.3 Too many recipients")
        if self._trouble == "refuse":
            return await self._say(f"550 5.1.1 <{match[2]}>: Recipient address rejected: User unknown")
        self._recipients.append(match[2])
        await self._say("250 2.1.5 Ok")

    async def _data(self, _rest: str) -> None:
        if self._sender is None or not self._recipients:
            return await self._say("503 5.5.1 Bad sequence of commands")
        await self._say("354 End data with <CR><LF>.<CR><LF>")
        letter = await self._read_letter()
        if letter is None:
            self._forget()
            return await self._say("552 5.3.4 Message too big")
        if self._trouble == "cut":
            raise Hangup
        number = await asyncio.to_thread(self._server.mailbox.keep, Envelope(self._sender, self._recipients), letter)
        log.info("letter %s for %s", number, ", ".join(self._recipients))
        if self._trouble == "lost":
            raise Hangup
        self._forget()
        await self._say(f"250 2.0.0 Ok: queued as {number}")

    async def _read_letter(self) -> bytes | None:
        """The letter without dot-stuffing; None when it is longer than allowed, read to its end all the same."""
        letter = bytearray()
        size = 0
        while (line := await self._bytes()) != b".\r\n":
            line = line.removeprefix(b".")
            size += len(line)
            if size <= LARGEST_LETTER:
                letter += line
        return bytes(letter) if size <= LARGEST_LETTER else None

    async def _rset(self, _rest: str) -> None:
        self._forget()
        await self._say("250 2.0.0 Ok")

    async def _noop(self, _rest: str) -> None:
        await self._say("250 2.0.0 Ok")

    async def _quit(self, _rest: str) -> None:
        await self._say("221 2.0.0 Bye")
        raise Hangup

    def _forget(self) -> None:
        self._sender, self._recipients, self._trouble = None, [], None

    def _is_speakable(self, address: str, *, may_be_empty: bool) -> bool:
        if not address:
            return may_be_empty
        return ADDRESS.fullmatch(address) is not None and (address.isascii() or self._utf8)

    async def _line(self) -> str:
        return (await self._bytes()).decode("utf-8", "replace").rstrip("\r\n")

    async def _bytes(self) -> bytes:
        async with asyncio.timeout(PATIENCE):
            return await self._reader.readuntil(b"\r\n")

    async def _say(self, reply: str) -> None:
        self._writer.write(reply.encode() + b"\r\n")
        await self._writer.drain()
