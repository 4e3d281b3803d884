"""The words of access: a permission and how far it may be given."""

from dataclasses import dataclass

from core.access.models import Scope

EVERY_SCOPE = tuple(Scope.values)
# The grant of owners and administrators: holds every permission, of modules to come too.
EVERYTHING = "*"
WIDTH = {scope: width for width, scope in enumerate(Scope.values)}


@dataclass(frozen=True)
class Permission:
    """`code` is `<module>.<verb>`; `title` is read by the administrator; `scopes` are those that make sense.

    `decides` is said of rights to change: they reach cards through those who answer for them (author, responsible,
    co-workers), so that watching a card or being mentioned in it gives nobody power over it.
    """

    code: str
    title: str
    scopes: tuple[str, ...] = EVERY_SCOPE
    decides: bool = False

    @property
    def module(self) -> str:
        return self.code.partition(".")[0]

    def __str__(self) -> str:
        return self.code


def company_wide(code: str, title: str) -> Permission:
    """A permission that is not about one card: it is held or not."""
    return Permission(code, title, (Scope.ALL.value,))
