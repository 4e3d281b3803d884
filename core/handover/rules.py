"""Who gets what when somebody leaves. No database."""

from collections.abc import Collection, Mapping


def distributed(sorts: Collection[str], heir: int | None, heirs: Mapping[str, int | None]) -> dict[str, int | None]:
    """Sort → who gets its things: whoever is named for it, else the heir of all; None where they stay."""
    return {code: heirs.get(code, heir) for code in sorted(sorts)}


def forgotten(
    sorts: Collection[str], heir: int | None, heirs: Mapping[str, int | None], counts: Mapping[str, int]
) -> set[str]:
    """Sorts of which he holds something, with nobody named to get it or said to leave it."""
    return {code for code in sorts if heir is None and code not in heirs and counts.get(code, 0)}
