"""Passwords: long enough, not among the commonest, hashed by argon2."""

from django.contrib.auth.hashers import check_password, make_password

from core.errors import Invalid

SHORTEST, LONGEST = 8, 128
_COMMON = frozenset(
    "12345678 123456789 1234567890 password password1 qwertyui qwerty123 qwertyuiop 11111111 00000000 87654321"
    " йцукенгш пароль123 парольпароль 1q2w3e4r 1qaz2wsx iloveyou abcd1234 admin123 zaq12wsx".split()
)


def hash_new(password: str, *, email: str = "", field: str = "password") -> str:
    """The hash of an acceptable password; Invalid says in Russian what is wrong with it."""
    if len(password) < SHORTEST:
        raise Invalid({field: f"Не короче {SHORTEST} знаков"})
    if len(password) > LONGEST:
        raise Invalid({field: f"Не длиннее {LONGEST} знаков"})
    lowered = password.lower()
    if lowered in _COMMON or len(set(password)) < 3 or (email and lowered in (email, email.partition("@")[0])):
        raise Invalid({field: "Такой пароль легко угадать. Придумайте другой"})
    return make_password(password)


def matches(password: str, stored: str) -> bool:
    """Check a password; spends the same time when there is nothing stored, so that an address cannot be guessed."""
    if not stored:
        make_password(password[:LONGEST])
        return False
    return check_password(password[:LONGEST], stored)
