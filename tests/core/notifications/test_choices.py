"""Which channels a notice takes and when it may go: the pure rules."""

from datetime import datetime, time
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.notifications.choices import (
    FORCED,
    NEVER,
    OFF,
    ON,
    Wishes,
    channels_of,
    digest_at,
    quiet_until,
)
from core.notifications.kinds import BELL, CHANNELS, MAIL, PUSH, SMS, TELEGRAM, Notification

pytestmark = pytest.mark.row("TG-05", "T-22")
MOSCOW = ZoneInfo("Europe/Moscow")
GIVEN = Notification("tasks.given", "Новая задача", "Задачи")
TALK = Notification("comments.written", "Новый комментарий", "Обсуждения", is_talk=True)
NAMED = Notification("comments.mentioned", "Вас упомянули", "Обсуждения", is_mention=True)
ALERT = Notification("identity.alert", "Безопасность", "Учётная запись", channels=(BELL, MAIL), fixed=True)


def at(hours: int, minutes: int = 0, day: int = 10) -> datetime:
    return datetime(2026, 11, day, hours, minutes, tzinfo=MOSCOW)


def test_without_wishes_a_kind_takes_its_own_channels():
    assert channels_of(GIVEN, Wishes()) == [BELL, MAIL, TELEGRAM, PUSH]


@pytest.mark.parametrize(
    "word,own,wanted",
    [
        (ON, None, True), (ON, False, False), (ON, True, True),
        (OFF, None, False), (OFF, True, True), (OFF, False, False),
        (FORCED, False, True), (FORCED, None, True), (NEVER, True, False), (NEVER, None, False),
    ],
)  # fmt: skip
def test_the_company_says_where_a_person_begins_and_what_he_may_not_change(word, own, wanted):
    wishes = Wishes(policy={GIVEN.code: {SMS: word}}, own={} if own is None else {GIVEN.code: {SMS: own}})
    assert (SMS in channels_of(GIVEN, wishes)) is wanted


def test_a_tick_of_the_initiator_comes_unless_the_company_bars_the_channel():
    own = {GIVEN.code: {MAIL: False}}
    assert channels_of(GIVEN, Wishes(own=own), asked=[MAIL, SMS]) == [BELL, MAIL, TELEGRAM, SMS, PUSH]
    barred = Wishes(policy={GIVEN.code: {SMS: NEVER}})
    assert SMS not in channels_of(GIVEN, barred, asked=[SMS])


def test_a_muted_card_is_silent_but_for_mentions_and_what_is_forced():
    muted = Wishes(muted=[7])
    assert channels_of(GIVEN, muted, card_id=7) == []
    assert channels_of(GIVEN, muted, card_id=8) != []
    assert channels_of(NAMED, muted, card_id=7) == [BELL, MAIL, TELEGRAM, PUSH]
    forced = Wishes(muted=[7], policy={GIVEN.code: {MAIL: FORCED}})
    assert channels_of(GIVEN, forced, card_id=7) == [MAIL]


def test_only_mentions_keeps_away_talk_and_leaves_work():
    wishes = Wishes(mentions_only=True)
    assert channels_of(TALK, wishes) == []
    assert channels_of(NAMED, wishes) != [] and channels_of(GIVEN, wishes) != []


def test_what_is_about_ones_own_account_cannot_be_turned_off():
    wishes = Wishes(policy={ALERT.code: {MAIL: NEVER}}, own={ALERT.code: {MAIL: False}}, mentions_only=True)
    assert channels_of(ALERT, wishes) == [BELL, MAIL]


words = st.sampled_from([ON, OFF, FORCED, NEVER])
rows = st.dictionaries(st.sampled_from([GIVEN.code, TALK.code]), st.dictionaries(st.sampled_from([*CHANNELS]), words))
yes_no = st.dictionaries(
    st.sampled_from([GIVEN.code, TALK.code]), st.dictionaries(st.sampled_from([*CHANNELS]), st.booleans())
)


@given(
    policy=rows, own=yes_no, mentions=st.booleans(), muted=st.booleans(), asked=st.sets(st.sampled_from([*CHANNELS]))
)
def test_no_wish_of_a_person_passes_by_the_company(policy, own, mentions, muted, asked):
    wishes = Wishes(policy=policy, own=own, mentions_only=mentions, muted=[7] if muted else [])
    for what in (GIVEN, TALK):
        found = channels_of(what, wishes, card_id=7, asked=asked)
        assert len(found) == len(set(found))
        for channel, word in policy.get(what.code, {}).items():
            assert word != FORCED or channel in found
            assert word != NEVER or channel not in found


@pytest.mark.parametrize(
    "now,quiet,ends",
    [
        (at(23), (time(22), time(8)), at(8, day=11)),
        (at(3), (time(22), time(8)), at(8)),
        (at(8), (time(22), time(8)), None),
        (at(21, 59), (time(22), time(8)), None),
        (at(13), (time(13), time(14)), at(14)),
        (at(14), (time(13), time(14)), None),
        (at(5), (time(5), time(5)), None),
        (at(5), None, None),
    ],
)
def test_quiet_hours_put_off_to_their_end(now, quiet, ends):
    assert quiet_until(now, quiet) == ends


def test_quiet_hours_never_put_off_by_a_day():
    for begins, ends, now in product(range(0, 24, 5), range(0, 24, 7), range(24)):
        until = quiet_until(at(now), (time(begins), time(ends)))
        assert until is None or 0 < (until - at(now)).total_seconds() <= 24 * 3600


@pytest.mark.parametrize(
    "digest,now,goes",
    [
        ("", at(10), None),
        ("hourly", at(10, 30), at(11)),
        ("hourly", at(23, 30), at(0, day=11)),
        ("daily", at(7), at(9)),
        ("daily", at(9), at(9, day=11)),
    ],
)
def test_a_digest_goes_with_the_next_hour_or_morning(digest, now, goes):
    assert digest_at(now, digest) == goes
