"""How often one may try to sign in, so that guessing is hopeless and nobody can lock another person out.

Tries are counted before they are checked, in Redis, so that neither a rollback nor a burst of parallel tries helps.
The lock of 15 minutes falls on the pair of account and network. A browser by which that very person has signed in
before is a pair of its own (`core.identity.devices`), so that nobody who shares an address with him bars him. Wider
bounds (account, network, company) let those browsers through, and whoever comes from a network where he has been
signed in lately.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from django.utils import timezone

from core import throttle
from core.addresses import network_of, read_address

from .devices import mark_of
from .errors import Failure, LockedOut
from .models import Session
from .secrets import digest

LOCK_SECONDS = 15 * 60
PAIR_TRIES = 10
ACCOUNT_TRIES = 100
NETWORK_TRIES = 200
COMPANY_TRIES = 2000
CODE_TRIES, CODE_SECONDS = 30, 24 * 3600
_KNOWN_FOR = timedelta(days=90)


class Account(Protocol):
    """Whoever signs in by a password: a user of a company, an operator of the service."""

    pk: Any


@dataclass(frozen=True)
class Visitor:
    """Where a request comes from: the peer's `address` (empty when there is none), its `user_agent`, and what it keeps
    of an earlier sign-in as `device`."""

    address: str = ""
    user_agent: str = ""
    device: str = ""

    @property
    def ip(self) -> str | None:
        found = read_address(self.address)
        return str(found) if found else None

    @property
    def network(self) -> str:
        return network_of(self.address)


Places = Callable[[Account | None, Visitor], bool]


def count_try(email: str, user: Account | None, visitor: Visitor, *, is_known: Places | None = None) -> None:
    """Count one try to sign in as `email` and raise LockedOut when there were too many.

    The answer does not depend on whether the account exists. Counters belong to the open scope: a company's, or that
    of the registry with the operators, who bring `is_known`: whether an account has been in a place lately.
    """
    failure = Failure("locked", user.pk if user else None)
    device = _device(user, visitor)
    pair = _pair(email, visitor, device)
    if left := throttle.barred_for("sign-in", pair):
        raise LockedOut(retry_after=left)
    if throttle.strike("sign-in", pair, times=PAIR_TRIES, seconds=LOCK_SECONDS):
        raise LockedOut(failure, retry_after=LOCK_SECONDS)
    known = (is_known or _is_known_place)(user, visitor) or bool(device)
    for name, subject, times in _wide(email, visitor):
        if throttle.count("sign-in-" + name, subject, seconds=LOCK_SECONDS) > times and not known:
            # What one network is refused must not count against the whole company.
            raise LockedOut(retry_after=LOCK_SECONDS)


def forgive_tries(email: str, user: Account, visitor: Visitor) -> None:
    """A right password (and code): the pair begins anew, the wide counters lose this one try only."""
    throttle.forgive_strikes("sign-in", _pair(email, visitor, _device(user, visitor)))
    for name, subject, _ in _wide(email, visitor):
        throttle.take_back("sign-in-" + name, subject, seconds=LOCK_SECONDS)


def count_code(user: Account) -> None:
    """Count one try of a second factor; whoever knows the password has 30 a day, from everywhere together."""
    if left := throttle.barred_for("code", str(user.pk)):
        raise LockedOut(retry_after=left)
    if throttle.strike("code", str(user.pk), times=CODE_TRIES, seconds=CODE_SECONDS):
        raise LockedOut(Failure("locked", user.pk), retry_after=CODE_SECONDS)


def forgive_codes(user: Account) -> None:
    throttle.forgive_strikes("code", str(user.pk))


def _pair(email: str, visitor: Visitor, device: str) -> str:
    return f"{digest(email)}:device:{device}" if device else f"{digest(email)}:{visitor.network}"


def _device(user: Account | None, visitor: Visitor) -> str:
    return mark_of(user.pk, visitor.device) if user and visitor.device else ""


def _wide(email: str, visitor: Visitor) -> tuple[tuple[str, str, int], ...]:
    """(name, subject, bound), from the narrowest to the widest."""
    return (
        ("network", visitor.network, NETWORK_TRIES),
        ("account", digest(email), ACCOUNT_TRIES),
        ("company", "all", COMPANY_TRIES),
    )


def _is_known_place(user: Account | None, visitor: Visitor) -> bool:
    since = timezone.now() - _KNOWN_FOR
    # Asked for an unknown account too, so that the time does not tell.
    lately = Session.objects.filter(user_id=user.pk if user else 0, created_at__gt=since)
    return lately.filter(ip=visitor.ip).exists() if visitor.ip else False
