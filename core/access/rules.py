"""Pure decisions about what covers what."""

from collections.abc import Mapping

from .permissions import EVERYTHING, WIDTH


def covers(held: Mapping[str, str], asked: Mapping[str, str]) -> bool:
    """Whether each grant asked for ({permission code: scope}) is held at least as widely."""
    if EVERYTHING in held:
        return True
    return all(code in held and WIDTH[held[code]] >= WIDTH[scope] for code, scope in asked.items())


def keeps_within(held: Mapping[str, Mapping[str, str]], asked: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether whoever is limited as `asked` ({kind: {field: level}}) reads and writes no more than one limited as
    `held`: each field that is shut to the one is shut to the other, too, and at least as far."""
    return all(
        asked.get(kind, {}).get(field) in (level, "hidden")
        for kind, fields in held.items()
        for field, level in fields.items()
    )


def local_grants(grants: Mapping[str, str]) -> dict[str, str]:
    """Those that reach as far as the holder's department says."""
    return {code: scope for code, scope in grants.items() if scope in ("department", "department_tree")}
