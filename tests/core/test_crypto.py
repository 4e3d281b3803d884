"""A secret opens in its own place only, under the key that its first bytes name."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from core.context import company_scope
from core.crypto import Undecipherable, decrypt, encrypt, number_of
from tenants.snapshots import find

OLD, NEW = (base64.b64encode(letter * 32).decode() for letter in (b"o", b"n"))
PLACE = {"model": "gateways.gateway", "field": "secret", "pk": 7}


@pytest.fixture
def alfa(db):
    return find(host="alfa.localhost")


@pytest.mark.row("SE-03")
@pytest.mark.parametrize("other", [{"pk": 8}, {"field": "totp_secret"}, {"model": "identity.user"}])
def test_a_value_copied_to_another_row_field_or_table_stays_shut(alfa, other):
    with company_scope(alfa):
        stored = encrypt(b"token", **PLACE)
        assert decrypt(stored, **PLACE) == b"token" and b"token" not in stored
        with pytest.raises(Undecipherable):
            decrypt(stored, **{**PLACE, **other})


@pytest.mark.row("SE-03")
def test_a_value_copied_to_another_company_stays_shut(alfa):
    with company_scope(alfa):
        stored = encrypt(b"token", **PLACE)
    with company_scope(find(host="beta.localhost")), pytest.raises(Undecipherable):
        decrypt(stored, **PLACE)


def test_an_altered_value_stays_shut(alfa):
    with company_scope(alfa):
        stored = bytearray(encrypt(b"token", **PLACE))
        stored[-1] ^= 1
        with pytest.raises(Undecipherable):
            decrypt(bytes(stored), **PLACE)


def test_the_first_key_encrypts_and_the_others_still_read(alfa, settings):
    settings.FIELD_KEY = OLD
    with company_scope(alfa):
        old = encrypt(b"token", **PLACE)
        settings.FIELD_KEY = f"2:{NEW},1:{OLD}"
        new = encrypt(b"token", **PLACE)
        assert (number_of(old), number_of(new)) == (1, 2)
        assert decrypt(old, **PLACE) == decrypt(new, **PLACE) == b"token"
        settings.FIELD_KEY = f"2:{NEW}"
        assert decrypt(new, **PLACE) == b"token"
        with pytest.raises(Undecipherable):
            decrypt(old, **PLACE)
        # A number alone opens nothing: the key itself must be the one.
        settings.FIELD_KEY = f"2:{NEW},1:{NEW}"
        with pytest.raises(Undecipherable):
            decrypt(old, **PLACE)


@pytest.mark.parametrize("stored", [b"", b"\x01", b"\x02", b"\x02\x07" + b"x" * 40, b"\x09" + b"x" * 40])
def test_what_is_no_value_of_ours_is_said_to_be_none(alfa, stored):
    with company_scope(alfa), pytest.raises(Undecipherable):
        decrypt(stored, **PLACE)


@pytest.mark.parametrize("told", ["short", f"0:{OLD}", f"256:{OLD}", f"1:{OLD},1:{NEW}", f"{OLD},{NEW}", f"a:{OLD}"])
def test_keys_that_are_none_are_refused(alfa, settings, told):
    settings.FIELD_KEY = told
    with company_scope(alfa), pytest.raises(ImproperlyConfigured):
        encrypt(b"token", **PLACE)
