"""Who may do what: typed by hand, line by line, and never computed. A missing or a superfluous line fails the suite.

    METHOD address [#variant] | anonymous employee head admin owner blocked foreign

Addresses stand below /api/v1/ unless they begin with a slash; `/<page>` is every address of the browser application.
A line `@ relations` says how the object of the lines below it stands to the caller: a cell with slashes gives one
status for each relation, a single status holds for the last; an empty line or `@ -` ends it. The callers:

    anonymous   nobody is signed in
    employee    role «Сотрудник», works in «Цех» (inside «Завод»)
    head        role «Руководитель», works in «Завод»
    admin       role «Администратор», in no department
    owner       role «Владелец», in no department
    blocked     an employee of «Цех» whom an administrator has blocked, with the token he had
    foreign     the owner of another company, with his token

Relations of people: `own` the caller's card, `department` a colleague of «Цех», `other` somebody of «Продажи».
Relations of tasks: `initiator` and `assignee` are the caller's parts, `watcher` watches a task of «Продажи»,
`department` a task between two people of «Цех», `other` one between two people of «Продажи».
A file `#on-employee` lies on an employee's card, put there by the owner; `#photo` is that card's photo. Words
`#on-employee` stand on the card of somebody of «Продажи»: `mine` the caller's, `other` that person's own.
Relations of comments, points, readers, links and files: `mine` on the caller's own task, `watched` somebody's on a
task that the caller watches, `department` and `other` as with tasks.

On the bare host (`PUBLIC`) nobody is signed in, a token of a company means nothing there, and a line has one status.

On the console's host (`CONSOLE`) callers are operators, and nobody of any company is known:

    anonymous   nobody is signed in
    unproved    an operator who has not set up his second factor
    support     role «Поддержка»
    operator    role «Оператор»
    chief       role «Главный оператор»

To add a part, put a module into this folder that types lines in `COMPANY` and how each is called in `CALLS`, for the
bare host in `PUBLIC` and `PUBLIC_CALLS`, for the console in `CONSOLE` and `CONSOLE_CALLS`; it is found by itself.
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from ..calls import Maker


def _text(name: str) -> str:
    """The lines of all parts; the empty line between two parts ends a relation."""
    return "\n\n".join(getattr(part, name).strip("\n") for part in _PARTS if hasattr(part, name))


def _calls(name: str) -> dict[str, Maker]:
    """The calls of all parts. Raises ValueError for a line that two of them call."""
    found: dict[str, Maker] = {}
    for part in _PARTS:
        for line, maker in getattr(part, name, {}).items():
            if line in found:
                raise ValueError(f"{part.__name__} calls once more: {line}")
            found[line] = maker
    return found


_PARTS: list[ModuleType] = [
    import_module(f"{__name__}.{name}") for name in sorted(m.name for m in iter_modules(__path__))
]
COMPANY: str = _text("COMPANY")
PUBLIC: str = _text("PUBLIC")
CONSOLE: str = _text("CONSOLE")
COMPANY_CALLS: dict[str, Maker] = _calls("CALLS")
PUBLIC_CALLS: dict[str, Maker] = _calls("PUBLIC_CALLS")
CONSOLE_CALLS: dict[str, Maker] = _calls("CONSOLE_CALLS")
