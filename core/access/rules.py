"""Pure decisions about what covers what."""

from collections.abc import Mapping

from .permissions import EVERYTHING, WIDTH


def covers(held: Mapping[str, str], asked: Mapping[str, str]) -> bool:
    """Whether each grant asked for ({permission code: scope}) is held at least as widely."""
    if EVERYTHING in held:
        return True
    return all(code in held and WIDTH[held[code]] >= WIDTH[scope] for code, scope in asked.items())


def local_grants(grants: Mapping[str, str]) -> dict[str, str]:
    """Those that reach as far as the holder's department says."""
    return {code: scope for code, scope in grants.items() if scope in ("department", "department_tree")}
