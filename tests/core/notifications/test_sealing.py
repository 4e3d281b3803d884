"""Messages for browsers: sealed as RFC 8291 says, signed as RFC 8292 says, opened by code that is not ours."""

import base64
import json
import time

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from core.gateways.webpush.encryption import (
    LONGEST_PLAIN,
    KeysUnreadable,
    encrypt,
    from_base64url,
    point_of,
    to_base64url,
)
from core.gateways.webpush.vapid import authorization, key_of
from infra.launch.secrets import load_secrets
from infra.sandbox.webpush.sealed import Keys, Unproved, Unreadable, new_private, opened, proved

# RFC 8291, section 5 and appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
SENDER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BROWSER_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
BROWSER_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
HERE = ("https://push.example",)
KEY = key_of(SENDER_PRIVATE)


def private(text):
    return ec.derive_private_key(int.from_bytes(from_base64url(text), "big"), ec.SECP256R1())


def keys():
    return Keys(from_base64url(BROWSER_PRIVATE), from_base64url(SECRET))


def signed(**claims):
    return authorization(KEY, **{"origin": HERE[0], "contact": "mailto:a@b.example", "now": time.time(), **claims})


def test_the_example_of_the_rfc_comes_out_to_the_byte():
    made = encrypt(
        PLAIN,
        p256dh=from_base64url(BROWSER_PUBLIC),
        auth=from_base64url(SECRET),
        salt=from_base64url(SALT),
        key=private(SENDER_PRIVATE),
    )
    assert to_base64url(made) == BODY


def test_the_stand_in_opens_the_example_of_the_rfc():
    assert to_base64url(keys().point) == BROWSER_PUBLIC
    assert opened(from_base64url(BODY), keys()) == PLAIN


@given(st.binary(max_size=LONGEST_PLAIN))
def test_whatever_is_sealed_is_opened_by_its_browser_alone(plain):
    body = encrypt(plain, p256dh=keys().point, auth=keys().auth)
    assert len(body) <= 4096 and opened(body, keys()) == plain
    with pytest.raises(Unreadable):
        opened(body, Keys(new_private(), keys().auth))
    with pytest.raises(Unreadable):
        opened(body, Keys(keys().private, bytes(16)))


@given(st.integers(0, 200), st.integers(1, 255))
def test_a_changed_byte_is_noticed(place, change):
    body = bytearray(encrypt(b"x" * 200, p256dh=keys().point, auth=keys().auth))
    # The size of a record says where it ends; one record ends with the body.
    place += 22
    body[place] ^= change
    with pytest.raises(Unreadable):
        opened(bytes(body), keys())


def test_the_same_words_are_never_sealed_twice_alike():
    bodies = {encrypt(PLAIN, p256dh=keys().point, auth=keys().auth) for _ in range(5)}
    assert len(bodies) == len({body[:16] for body in bodies}) == len({body[21:86] for body in bodies}) == 5


def test_more_than_one_record_is_refused():
    encrypt(b"x" * LONGEST_PLAIN, p256dh=keys().point, auth=keys().auth)
    with pytest.raises(ValueError, match="record"):
        encrypt(b"x" * (LONGEST_PLAIN + 1), p256dh=keys().point, auth=keys().auth)


@pytest.mark.parametrize("wrong", ["", "x", "А" * 10, "a b", "abc=", "+" * 4, "a" * 5])
def test_what_is_no_base64url_is_no_key(wrong):
    with pytest.raises(KeysUnreadable):
        point_of(from_base64url(wrong))


@pytest.mark.parametrize("point", [b"", b"\x04" + bytes(64), b"\x02" + bytes(32), b"\x04" * 65, b"\x05" + bytes(64)])
def test_what_is_no_point_is_no_key(point):
    with pytest.raises(KeysUnreadable):
        point_of(point)


def test_the_token_says_who_to_whom_and_until_when():
    header = signed(now=1000.0)
    scheme, _, parts = header.partition(" ")
    told = dict(part.strip().split("=", 1) for part in parts.split(","))
    assert (scheme, told["k"]) == ("vapid", KEY.public)
    head, claims, signature = told["t"].split(".")
    assert json.loads(base64.urlsafe_b64decode(head + "==")) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(base64.urlsafe_b64decode(claims + "==")) == {
        "aud": "https://push.example", "exp": 1000 + 12 * 3600, "sub": "mailto:a@b.example",
    }  # fmt: skip
    assert len(from_base64url(signature)) == 64
    assert proved(header, origins=HERE, now=1000.0) == KEY.public


@pytest.mark.parametrize(
    ("header", "now", "status"),
    [
        (signed(origin="https://other.example"), 0, 403),
        (signed(contact=""), 0, 403),
        (signed(contact="a@b.example"), 0, 403),
        (signed(now=time.time() - 13 * 3600), 0, 403),
        (signed(now=time.time() + 13 * 3600), 0, 403),
        (signed().replace("k=B", "k=A"), 0, 403),
        (signed()[:-40] + "A" * 40, 0, 403),
        ("", 0, 401),
        ("Bearer x", 0, 401),
        ("vapid t=x, k=y", 0, 401),
        ("vapid t=a.b.c, k=y", 0, 401),
    ],
)
def test_a_token_that_proves_nothing_is_refused(header, now, status):
    with pytest.raises(Unproved) as refusal:
        proved(header, origins=HERE, now=now or time.time())
    assert refusal.value.status == status


@pytest.mark.parametrize("text", ["", "x", "A" * 43, "_" * 43, "А"])
def test_a_key_that_is_none_is_told_to_whoever_runs_the_house(text):
    with pytest.raises(ImproperlyConfigured, match="VAPID_PRIVATE_KEY"):
        key_of(text)


def test_an_installation_makes_its_key_once_and_an_older_one_gets_it_too(tmp_path):
    (tmp_path / "secrets.json").write_text('{"secret_key": "kept"}')
    made = load_secrets(tmp_path)
    assert len(from_base64url(key_of(made["vapid_private_key"]).public)) == 65
    assert load_secrets(tmp_path) == made and made["secret_key"] == "kept"
    assert load_secrets(tmp_path / "..")["vapid_private_key"] != made["vapid_private_key"]
