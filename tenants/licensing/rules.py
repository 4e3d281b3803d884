"""What a licence says, how it is signed, and what a company may do by it on a day. No database, no network.

The file is JSON: the licence's own text and an Ed25519 signature of its very bytes, so that nothing depends on how
JSON is written.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from core.entitlements.allowance import FULL, READ_ONLY, Allowance

# After the last day everything works on for so long, and then it can still be read.
GRACE = timedelta(days=30)
WARNED = timedelta(days=14)
GOOD, ENDS, IN_GRACE, OVER, MISSING = "licence", "licence_ends", "licence_grace", "licence_over", "licence_missing"


class LicenceWrong(Exception):
    """The file is no licence of ours; the text says what to do."""


@dataclass(frozen=True)
class Licence:
    """`modules` and `seats` are None where there is no limit; `until` is the last day. `host` is where the only
    installation that it is for is opened; empty in those that hold anywhere."""

    number: str
    holder: str
    seats: int | None
    modules: tuple[str, ...] | None
    begins: date
    until: date
    host: str = ""


def signed(licence: Licence, private_key: str) -> str:
    """The text of a licence file. `private_key` is base64 of its 32 bytes."""
    told = asdict(licence) | {"begins": licence.begins.isoformat(), "until": licence.until.isoformat()}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    signature = Ed25519PrivateKey.from_private_bytes(_bytes(private_key)).sign(text.encode())
    return json.dumps(
        {"licence": text, "signature": base64.b64encode(signature).decode()}, ensure_ascii=False, indent=1
    )


def read(content: str, public_key: str) -> Licence:
    """The licence of a file, if it has been signed by the owner of the key. LicenceWrong."""
    try:
        file = json.loads(content)
        text, signature = file["licence"].encode(), base64.b64decode(file["signature"], validate=True)
        Ed25519PublicKey.from_public_bytes(_bytes(public_key)).verify(signature, text)
        told = json.loads(text)
        modules = told["modules"]
        return Licence(
            number=told["number"],
            holder=told["holder"],
            seats=told["seats"],
            modules=None if modules is None else tuple(modules),
            begins=date.fromisoformat(told["begins"]),
            until=date.fromisoformat(told["until"]),
            # Those that were signed before a licence named its installation.
            host=told.get("host") or "",
        )
    except InvalidSignature as wrong:
        raise LicenceWrong("Подпись лицензии не сходится: файл изменён или выдан не нами. Попросите новый") from wrong
    except (AttributeError, KeyError, TypeError, ValueError, binascii.Error) as wrong:
        raise LicenceWrong("Файл лицензии не читается. Положите его заново таким, каким получили") from wrong


def must_be_here(licence: Licence, host: str) -> Licence:
    """The licence, if it is for the installation that is opened at a host. LicenceWrong."""
    if licence.host and licence.host.lower() != host.lower():
        raise LicenceWrong(
            f"Эта лицензия выдана для {licence.host}, а ваш сервер открывается по адресу {host}. "
            "Попросите лицензию для своего адреса"
        )
    return licence


def best_of(licences: Sequence[Licence], today: date) -> Licence | None:
    """Which of several counts on a day: of those that have begun and are not over the one that began last.

    So a new one may lie there before its day, and a file that was left behind does not outdo what came after it.
    """
    begun = [one for one in licences if one.begins <= today]
    if not begun:
        return min(licences, key=lambda one: one.begins, default=None)
    return max(begun, key=lambda one: (one.until >= today, one.begins, one.until))


def new_pair() -> tuple[str, str]:
    """(private, public) key in base64."""
    private = Ed25519PrivateKey.generate()
    kept = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    shown = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(kept).decode(), base64.b64encode(shown).decode()


def allowance_on(licence: Licence | None, today: date) -> Allowance:
    """What the company may do. Reading is never refused, whatever has become of the licence."""
    if licence is None or today < licence.begins:
        return Allowance(mode=READ_ONLY, stage=MISSING)
    left = licence.until - today
    if left < -GRACE:
        mode, stage, until = READ_ONLY, OVER, licence.until
    elif left < timedelta(0):
        mode, stage, until = FULL, IN_GRACE, licence.until + GRACE
    else:
        mode, stage, until = FULL, ENDS if left <= WARNED else GOOD, licence.until
    modules = None if licence.modules is None else frozenset(licence.modules)
    return Allowance(mode=mode, modules=modules, seats=licence.seats, stage=stage, until=until)


def _bytes(key: str) -> bytes:
    return base64.b64decode(key, validate=True)
