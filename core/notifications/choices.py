"""Which channels a notice takes, and when it may go: pure decisions over the company's policy and a person's wishes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from .kinds import CHANNELS, Notification

# The company's word for a kind in a channel. Both ends bind the person, the middle two are where he begins.
ON, OFF, FORCED, NEVER = "on", "off", "forced", "never"
HOURLY, DAILY = "hourly", "daily"
MORNING = time(9, 0)
# Minutes before the due moment.
REMINDERS = (15, 60, 180, 1440, 2880, 10080)
# Who hears that a due moment has passed, in the order of the ladder, and how many minutes after it he may hear.
RESPONSIBLE, MANAGER, AUTHOR = "responsible", "manager", "author"
LADDER = {RESPONSIBLE: "Исполнитель", MANAGER: "Руководитель исполнителя", AUTHOR: "Инициатор"}
LATER = (0, 60, 240, 1440, 2880, 4320, 10_080)
USUAL_LADDER: Mapping[str, int | None] = {RESPONSIBLE: 0, MANAGER: 1440, AUTHOR: 0}
# Notices of so short a while are counted together.
WINDOW = timedelta(minutes=1)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
# So many notices within a window are a flood: what comes after them by mail and chat goes together, one for each kind.
FLOOD = 5
MOST_MUTED = 500


@dataclass(frozen=True)
class Wishes:
    """What the company and one person want. `policy`: kind → channel → word; `own`: kind → channel → yes or no."""

    policy: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    mentions_only: bool = False
    muted: Collection[int] = ()
    quiet: tuple[time, time] | None = None
    digest: str = ""


def flood_ends(now: datetime) -> datetime:
    """When what is held back goes: the same moment for all that comes by then."""
    return now - (now - _EPOCH) % WINDOW + WINDOW


def word_of(what: Notification, channel: str, policy: Mapping[str, Mapping[str, str]]) -> str:
    """The company's word for a kind in a channel."""
    if what.fixed:
        return FORCED if channel in what.channels else NEVER
    return policy.get(what.code, {}).get(channel) or (ON if channel in what.channels else OFF)


def is_on(what: Notification, channel: str, wishes: Wishes) -> bool:
    """Whether a kind comes by a channel when nothing special is asked."""
    word = word_of(what, channel, wishes.policy)
    if word in (FORCED, NEVER):
        return word == FORCED
    return wishes.own.get(what.code, {}).get(channel, word == ON)


def channels_of(
    what: Notification, wishes: Wishes, *, card_id: int | None = None, asked: Collection[str] = ()
) -> list[str]:
    """Channels of one notice, in the order of CHANNELS.

    `asked` were ticked by whoever gives the work; they come unless the company has barred the channel. A muted card
    and «только упоминания» keep away what does not name the person; what the company forces comes all the same.
    """
    hushed = not what.is_mention and ((card_id in wishes.muted) or (wishes.mentions_only and what.is_talk))
    found = []
    for channel in CHANNELS:
        word = word_of(what, channel, wishes.policy)
        wanted = is_on(what, channel, wishes) and not hushed
        if word == FORCED or wanted or (channel in asked and word != NEVER):
            found.append(channel)
    return found


def quiet_until(now: datetime, quiet: tuple[time, time] | None) -> datetime | None:
    """When the quiet hours that `now` (local) falls into end; None outside of them. They may span midnight."""
    if quiet is None or quiet[0] == quiet[1]:
        return None
    begins, ends = quiet
    at = now.time()
    if begins < ends:
        inside, tomorrow = begins <= at < ends, False
    else:
        inside, tomorrow = at >= begins or at < ends, at >= begins
    if not inside:
        return None
    day = now.date() + timedelta(days=1) if tomorrow else now.date()
    return datetime.combine(day, ends, tzinfo=now.tzinfo)


def digest_at(now: datetime, digest: str) -> datetime | None:
    """When the next digest after `now` (local) goes; None when letters go one by one."""
    if digest == HOURLY:
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if digest != DAILY:
        return None
    today = datetime.combine(now.date(), MORNING, tzinfo=now.tzinfo)
    return today if now < today else datetime.combine(now.date() + timedelta(days=1), MORNING, tzinfo=now.tzinfo)
