"""Places at which a test may end the process as `kill -9` would; free when the variable FAIL is unset.

`FAIL="found.claimed=exit" python …` ends at the place called `found.claimed`, with the status of a killed process and
nothing flushed, rolled back or closed by us.
"""

import os

KILLED = 137
_ARMED, _, _DEED = os.environ.get("FAIL", "").partition("=")
_declared: dict[str, "Failpoint"] = {}


class Failpoint:
    """One named place, declared beside the code that passes it: `CLAIMED = Failpoint("found.claimed")`."""

    def __init__(self, name: str) -> None:
        if name in _declared:
            raise LookupError(f"failpoint {name!r} is declared twice")
        self.name = name
        _declared[name] = self

    def reach(self) -> None:
        """Go on, or end here when the variable says so."""
        if _ARMED and self.name == _ARMED and _DEED == "exit":
            os._exit(KILLED)


def declared() -> tuple[str, ...]:
    """Names of all places in the modules imported so far."""
    return tuple(sorted(_declared))


def armed() -> str:
    """The place at which this process is to end; empty in every process but a test's."""
    return _ARMED
