"""Subdomains that look like others: digits for letters, hyphens that nobody sees, letters that flow together."""

from django.db.models import CharField, Func

from .slugs import RESERVED

_TWINS = str.maketrans("0134578i", "oleastbl")
_PRODUCT = "pult"


class Look(Func):
    """The same as `look`, by the database: the index `company_look` holds it of every company."""

    template = (
        "translate(replace(replace(replace(%(expressions)s, '-', ''), 'rn', 'm'), 'vv', 'w'), '0134578i', 'oleastbl')"
    )
    output_field = CharField()


def look(slug: str) -> str:
    """What remains of a subdomain for somebody who reads it in haste: two of one look are taken for each other."""
    return slug.replace("-", "").replace("rn", "m").replace("vv", "w").translate(_TWINS)


def poses_as_service(slug: str) -> bool:
    """Whether a subdomain may be taken for the service itself: `supp0rt`, `pult-login`, `l0gin-pu1t`."""
    if look(slug) in _OURS:
        return True
    parts = [look(part) for part in slug.split("-")]
    return len(parts) > 1 and look(_PRODUCT) in parts and any(part in _OURS for part in parts if part != look(_PRODUCT))


_OURS = frozenset(look(name) for name in RESERVED)
