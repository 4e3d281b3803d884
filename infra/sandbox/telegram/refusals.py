"""What the Bot API refuses, in its own words: clients tell refusals apart by them."""

import json
import re
from typing import Any

LONGEST_TEXT, LONGEST_TOAST, LONGEST_DATA, MOST_BUTTONS = 4096, 200, 64, 100
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


def buttons_of(form: dict[str, str]) -> list[list[dict[str, str]]]:
    """Rows of the inline keyboard. BotRefused for what the real one does not take."""
    given = form.get("reply_markup")
    if not given:
        return []
    try:
        rows = json.loads(given).get("inline_keyboard", [])
        found = [[dict(button) for button in row] for row in rows]
    except (ValueError, TypeError, AttributeError) as wrong:
        raise bad("can't parse reply keyboard markup JSON object") from wrong
    flat = [button for row in found for button in row]
    if len(flat) > MOST_BUTTONS:
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
