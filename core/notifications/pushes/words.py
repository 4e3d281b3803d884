"""What a notice says on the screen of a browser. No database.

Only the browser can read it, so it names the card and says what has happened, as the bell does.
"""

import json
import re

from core.context import Company
from core.gateways.webpush.client import PushMessage
from core.identity.secrets import keyed_for
from core.language.quotes import quoted
from core.texts import clean_line, clean_lines

from ..channels.gathering import goes_for_many
from ..kinds import Notification
from ..models import Delivery
from .actions import ONLY

# Bytes of a payload, and of its parts: a service must take four thousand with all that encryption adds.
LONGEST, _LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_LINK = 3000, 400, 1500, 300
# Whoever has been away for a day reads the rest in the bell.
_LIFE_SECONDS = 24 * 3600
_TRIAL_SECONDS = 60
_TOPIC_LENGTH = 32
_BELL = "/notices"
_MOST_NAMED = 10
# Whatever a browser could take for another host is none.
_OWN_PATH = re.compile(r"/(?![/\\])[!-~]*")


def push_message(company: Company, row: Delivery, what: Notification | None) -> PushMessage:
    """The message for one row: whole, and short for a service that finds it too long."""
    # A doubled one takes the place of the first, on the way and on the screen.
    topic = keyed_for(company.schema, "push", row.message_id)[:_TOPIC_LENGTH]
    is_trial = ONLY in row.trace
    shown = {
        "title": _clipped(clean_line(row.subject), _LONGEST_TITLE),
        "text": _clipped(clean_lines(_text(row)), _LONGEST_TEXT),
        "from": _clipped(clean_line(quoted(company.name)), _LONGEST_TITLE),
        "link": _link(row),
        "tag": topic,
        # Somebody who looks at the product sees its bell, but has asked to see this.
        "always": is_trial,
    }
    whole, short = _written(shown), _written({**shown, "text": ""})
    is_urgent = is_trial or (what is not None and what.is_mention)
    return PushMessage(
        wordings=(whole, short) if len(whole) <= LONGEST else (short,),
        topic=topic,
        ttl=_TRIAL_SECONDS if is_trial else _LIFE_SECONDS,
        urgency="high" if is_urgent else "normal",
    )


def _text(row: Delivery) -> str:
    lines = list(row.paragraphs)
    if goes_for_many(row):
        lines = [label for label, _ in row.links[:_MOST_NAMED]] + lines
    return "\n".join([line for line in lines if line] + ([f"({row.reason})"] if row.reason else []))


def _link(row: Delivery) -> str:
    """A path of the company's own application; many cards have the bell in common."""
    path = row.links[0][1] if row.links and not goes_for_many(row) else _BELL
    return path if len(path) <= _LONGEST_LINK and _OWN_PATH.fullmatch(path) else _BELL


def _clipped(text: str, most: int) -> str:
    """At most so many bytes, no sign torn apart."""
    whole = text.encode()
    return text if len(whole) <= most else whole[: most - 3].decode("utf-8", "ignore") + "…"


def _written(shown: dict[str, object]) -> bytes:
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()
