"""Whom to warn that a limit is near: once on the way up, again only after it has been lower. Pure."""

from dataclasses import dataclass

from core.entitlements.allowance import level

_RANKS = ("free", "near", "filled")


@dataclass(frozen=True)
class Use:
    """So much of a limit is in use; None is no limit."""

    used: int
    limit: int | None

    @property
    def level(self) -> str:
        return level(self.used, self.limit)


def risen(before: Use | None, now: Use) -> bool:
    """Whether a limit has come nearer by a level since it was counted last; nobody counted is nothing used."""
    was = before.level if before else "free"
    return _RANKS.index(now.level) > _RANKS.index(was)
