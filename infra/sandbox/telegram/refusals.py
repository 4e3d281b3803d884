"""What the Bot API refuses, in its own words: clients tell refusals apart by them."""

import json
import re
from typing import Any

LONGEST_TEXT, LONGEST_TOAST, LONGEST_DATA, MOST_BUTTONS, MOST_IN_ROW = 4096, 200, 64, 100, 8
LONGEST_PLACEHOLDER = 64
_CANNOT_PARSE = "can't parse reply keyboard markup JSON object"
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class BotRefused(Exception):
    """`status` and `description` of the answer; `retry_after` seconds with 429."""

    def __init__(self, status: int, description: str, retry_after: int = 0) -> None:
        super().__init__(description)
        self.status, self.description, self.retry_after = status, description, retry_after

    def body(self) -> dict[str, Any]:
        told: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        return told | ({"parameters": {"retry_after": self.retry_after}} if self.retry_after else {})


def bad(words: str) -> BotRefused:
    return BotRefused(400, f"Bad Request: {words}")


def text_of(form: dict[str, str]) -> str:
    """The text of a message. BotRefused when there is none or too much of it."""
    text = form.get("text", "")
    if not text.strip():
        raise bad("message text is empty")
    if len(text) > LONGEST_TEXT:
        raise bad("message is too long")
    return text


def markup_of(form: dict[str, str]) -> tuple[list[list[dict[str, str]]], bool]:
    """(rows of the inline keyboard, whether an answer is asked for). BotRefused for what the real one does not take."""
    given = form.get("reply_markup")
    if not given:
        return [], False
    told = _read(given)
    if told.get("force_reply") is True:
        placeholder = told.get("input_field_placeholder", "x")
        if not isinstance(placeholder, str) or not 1 <= len(placeholder) <= LONGEST_PLACEHOLDER:
            raise bad("input field placeholder has invalid length")
        return [], True
    return _keyboard(told), False


def buttons_of(form: dict[str, str]) -> list[list[dict[str, str]]]:
    """Rows of an inline keyboard, the only markup that a message which stands can get. BotRefused."""
    buttons, asks = markup_of(form)
    if asks:
        raise bad("inline keyboard expected")
    return buttons


def replied_to(form: dict[str, str]) -> tuple[int, bool]:
    """(the message that is answered, 0 for none; whether it may be missing). BotRefused."""
    given = form.get("reply_parameters")
    if not given:
        return 0, True
    try:
        told = json.loads(given)
        number, may_miss = told["message_id"], told.get("allow_sending_without_reply") is True
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise bad("can't parse reply parameters JSON object") from wrong
    if isinstance(number, bool) or not isinstance(number, int):
        raise bad("can't parse reply parameters JSON object")
    return number, may_miss


def _read(given: str) -> dict[str, Any]:
    try:
        told = json.loads(given)
    except ValueError as wrong:
        raise bad(_CANNOT_PARSE) from wrong
    if not isinstance(told, dict):
        raise bad(_CANNOT_PARSE)
    return told


def _keyboard(told: dict[str, Any]) -> list[list[dict[str, str]]]:
    try:
        found = [[dict(button) for button in row] for row in told.get("inline_keyboard", [])]
    except (ValueError, TypeError) as wrong:
        raise bad(_CANNOT_PARSE) from wrong
    flat = [button for row in found for button in row]
    if len(flat) > MOST_BUTTONS or any(len(row) > MOST_IN_ROW for row in found):
        raise bad("reply markup is too long")
    for button in flat:
        if not button.get("text"):
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if not 1 <= len(str(button.get("callback_data", "")).encode()) <= LONGEST_DATA:
            raise bad("BUTTON_DATA_INVALID")
    return found


def number_of(form: dict[str, str], name: str, missing: str) -> int:
    """A whole number. BotRefused with `missing`."""
    if not re.fullmatch(r"-?[0-9]{1,15}", form.get(name, "")):
        raise bad(missing)
    return int(form[name])


def webhook_of(form: dict[str, str], base_domain: str) -> tuple[str, str]:
    """(address, secret). The real one takes https only; plain http is let to this machine's own addresses."""
    url, secret = form.get("url", ""), form.get("secret_token", "")
    local = re.match(rf"http://([a-z0-9-]+\.)*(localhost|127\.0\.0\.1|{re.escape(base_domain)})(:[0-9]+)?/", url)
    if url and not url.startswith("https://") and not local:
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not _SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    return url, secret
