"""What travels through the broker: promises of one company and one kind, and who must keep them together."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

FACT = "fact"
# Facts of a company share the price of their transactions; a job may last long, so it travels alone unless it says so.
FACTS_TOGETHER = 25


@dataclass(frozen=True)
class Parcel:
    """Promises (id, subject_id, attempts) of one company (empty: the control plane) and one kind."""

    company: str
    kind: str
    promises: tuple[tuple[str, int, int], ...]

    def message(self) -> dict[str, Any]:
        """The parcel as JSON knows it."""
        return asdict(self)

    @classmethod
    def of(cls, message: dict[str, Any]) -> "Parcel":
        """The parcel of a message whose signature has been checked."""
        rows = tuple((str(row), int(subject), int(attempts)) for row, subject, attempts in message["promises"])
        return cls(message["company"], message["kind"], rows)


def parcels(rows: Iterable[tuple[Any, str, str, int, int, int]], together: Mapping[str, int]) -> list[Parcel]:
    """Leased rows (id, company, kind, subject_id, deaths, attempts) packed by company and kind, in order of subjects.

    `together` is how many promises of a kind may share a parcel; other kinds travel alone. So does each at which a
    worker has died: what does no harm must not be parked with what does.
    """
    packed: list[Parcel] = []
    ordered = sorted(rows, key=lambda row: (row[1], row[2], row[4] > 0, row[3]))
    for (company, kind, is_feared), group in groupby(ordered, lambda row: (row[1], row[2], row[4] > 0)):
        size = 1 if is_feared else together.get(kind, 1)
        promises = tuple((str(row_id), subject_id, attempts) for row_id, _, _, subject_id, _, attempts in group)
        chunks = (promises[at : at + size] for at in range(0, len(promises), size))
        packed += [Parcel(company, kind, chunk) for chunk in chunks]
    return packed
