"""Who acts, through which door and with which rights."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.access.permissions import EVERYTHING, WIDTH, Permission
from core.entities.models import Entity
from core.errors import Forbidden

from .errors import DraftOfAnother
from .queries import reaches


@dataclass(frozen=True)
class Actor:
    """A principal at work. `grants` maps a permission's code to the widest scope held; `door` is how he came in.
    `limits` are fields that his roles keep him from: kind → field → `hidden` or `read`.

    `employee_id` is the id of his employee card, None for guests and services. `on_behalf_of` is the principal whose
    deputy he is now, if any. `seen_at` is when his session was last noted to be at work, `ends_at` when it ends by
    itself. `reads_only` is said of API tokens by which nothing can be changed, and of the support while it only looks.
    """

    principal_id: int
    kind: str
    name: str
    grants: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    door: str = "screen"
    employee_id: int | None = None
    department_id: int | None = None
    user_id: int | None = None
    session_id: int | None = None
    seen_at: datetime | None = None
    ends_at: datetime | None = None
    reads_only: bool = False
    on_behalf_of: int | None = None
    access_epoch: int = 0

    @property
    def is_almighty(self) -> bool:
        """Whether everything is allowed: the system, owners and administrators."""
        return self.kind == "system" or EVERYTHING in self.grants

    def scope_of(self, permission: Permission) -> str | None:
        """The widest scope of a permission, None when it is not held; the system holds everything."""
        if self.is_almighty:
            return "all"
        return self.grants.get(permission.code)

    def may(self, permission: Permission, card: Entity | None = None) -> bool:
        """Whether the permission is held at all or, given a card, reaches that card."""
        if card is None:
            return self.scope_of(permission) is not None
        return reaches(self, permission, card)

    def must(self, permission: Permission, card: Entity | None = None) -> None:
        """Refuse unless the permission is held and reaches the card."""
        if not self.may(permission, card):
            raise Forbidden(permission=permission.code)

    def may_add_to(self, card: Entity) -> bool:
        """Whether something of one's own may stand beside a card that one sees, words of a talk apart: a file, a link,
        a tick. Another's draft is shown to be read and decided upon, and to be talked about, no more."""
        return not card.is_draft or self.kind == "system" or card.author_id == self.principal_id

    def must_add_to(self, card: Entity) -> None:
        """Refuse to add anything but words to another's draft. Errors: DraftOfAnother."""
        if not self.may_add_to(card):
            raise DraftOfAnother()


def widest(scopes: list[str]) -> str:
    return max(scopes, key=WIDTH.__getitem__)
