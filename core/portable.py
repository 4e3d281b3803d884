"""What leaves in an archive of a company, and what stays behind: each app says it of its tables in `portable.py`.

An archive is either a *copy* kept by the installation (for a restore in place) or an *export* that leaves it. A copy
holds every table; an export leaves out what works nowhere else and what would open somebody's door. A table that
nobody speaks of fails the tests (docs/authors/archives.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Model


@dataclass(frozen=True)
class Emptied:
    """A column that leaves with another value. `value` is an SQL expression over the row's own columns.

    `always` when copies hold it so, too: what has been on its way at that moment must not set out again.
    """

    value: str
    why: str
    always: bool = False


@dataclass(frozen=True)
class Portable:
    """`whole` are models whose rows leave as they are but for `emptied` columns; `left_out` says why others stay.

    `objects` are columns that hold keys of the store: they leave without the company's prefix. `carried` is an SQL
    expression over a row, the key of the object that leaves with it or ''; what lives for days only stays.

    `standing` are models among `left_out` whose rows stay as they are when a copy of the company is brought back over
    them: what was used is used. Rows that came after the copy get these columns anew, as SQL over the row, when they
    name ids: those are given a second time from then on.
    """

    whole: tuple[type[Model], ...] = ()
    left_out: Mapping[type[Model], str] = field(default_factory=dict)
    emptied: Mapping[type[Model], Mapping[str, Emptied]] = field(default_factory=dict)
    objects: Mapping[type[Model], tuple[str, ...]] = field(default_factory=dict)
    carried: Mapping[type[Model], str] = field(default_factory=dict)
    standing: Mapping[type[Model], Mapping[str, str]] = field(default_factory=dict)
