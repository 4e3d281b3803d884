"""Trying the store out, and what its failures mean. Never inside a scope."""

import re
import secrets

from botocore.exceptions import BotoCoreError, ClientError

from core.storage import CompanyStore, ObjectMissing, impatient

from ..errors import GatewayRefused, GatewaySilent

_CONNECT_SECONDS, _READ_SECONDS = 2.0, 4.0
_SIZE = 32
_LONGEST_CODE = 60
# The store asks for patience, whatever status it says that with.
_BUSY = ("SlowDown", "RequestTimeout", "ServiceUnavailable")


def try_out(schema: str) -> None:
    """Put a tiny object into a company's place, look at it, read it and remove it, each once and without patience.

    Errors: GatewaySilent, GatewayRefused.
    """
    store = CompanyStore(schema, by=impatient(connect_seconds=_CONNECT_SECONDS, read_seconds=_READ_SECONDS))
    key, content = store.new_key(), secrets.token_bytes(_SIZE)
    try:
        store.put(key, content, content_type="application/octet-stream")
        try:
            is_same = store.look(key).size == _SIZE and store.whole(key) == content
        finally:
            store.remove(key)
    except ObjectMissing as missing:
        raise GatewayRefused("Хранилище не нашло файл, который только что приняло") from missing
    except (ClientError, BotoCoreError) as failure:
        raise ending_of(failure) from failure
    if not is_same:
        raise GatewayRefused("Хранилище отдало не то, что приняло")


def ending_of(failure: Exception) -> GatewaySilent | GatewayRefused:
    """What a failure means, without addresses and keys: the library names the server in its own words."""
    if not isinstance(failure, ClientError):
        return GatewaySilent(f"Хранилище не ответило ({type(failure).__name__})")
    code = re.sub(r"[^\w.-]", "", str(failure.response.get("Error", {}).get("Code", "")))[:_LONGEST_CODE]
    status = failure.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    said = f"Хранилище ответило отказом: {code or 'без объяснений'} (код {status})"
    is_passing = status >= 500 or status == 429 or code in _BUSY
    return GatewaySilent(said) if is_passing else GatewayRefused(said)
