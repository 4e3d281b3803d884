"""The stand-in of Morpher through the product's own client and the one door to typed addresses."""

import json

import pytest

from core.templates.providers import Morpher, NotAnswered
from infra.sandbox.morpher.server import KEY
from tests.core.notifications.conftest import _world, world  # noqa: F401  (fixtures)


def order(world, mode):  # noqa: F811
    body = json.dumps({"service": "morpher", "mode": mode, "count": 1}).encode()
    assert world.call("POST", "/faults", body, {"Content-Type": "application/json"})[0] in (200, 201)


@pytest.fixture
def asked(world):  # noqa: F811
    return lambda phrase, key=KEY: Morpher(f"{world.url}/morpher", key).forms(phrase)


def test_phrases_come_back_in_five_cases(asked):
    forms = asked("главный инженер")
    assert forms["родительный"] == "главного инженера" and forms["творительный"] == "главным инженером"
    assert asked("врио ковша")["дательный"].endswith("(Морфер)"), "what it knows better than the house"
    assert asked("Ltd") == {}, "there is nothing Russian in it"


@pytest.mark.parametrize("key", ["нет", "00000000-0000-0000-0000-000000000000"])
def test_a_key_that_is_none_is_refused_in_words(asked, key):
    with pytest.raises(NotAnswered, match="ключ"):
        asked("инженер", key)


@pytest.mark.parametrize(
    ("mode", "words"), [("fail", "не ответил"), ("cut", "не ответил"), ("throttle", "лимит"), ("refuse", "доступ")]
)
def test_trouble_is_told_and_passes(asked, world, mode, words):  # noqa: F811
    order(world, mode)
    with pytest.raises(NotAnswered, match=words):
        asked("инженер")
    assert asked("инженер")["родительный"] == "инженера"
