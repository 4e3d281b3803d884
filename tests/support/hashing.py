"""Passwords of tests are hashed by the house's method made light: the real one is slow for a reason no test has."""

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


class LightHasher(Argon2PasswordHasher):
    """Argon2 that costs well under a millisecond."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1


def hash_lightly() -> None:
    """From here on this process hashes by `LightHasher`; before the first password is hashed."""
    settings.PASSWORD_HASHERS = [f"{__name__}.{LightHasher.__name__}"]
