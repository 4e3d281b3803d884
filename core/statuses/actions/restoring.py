"""Leading a card back where its history says that it stood."""

from collections.abc import Mapping
from typing import Any

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.errors import NotFound
from core.verb import verb

from ..errors import StatusIsGone
from ..queries import roles_of, scheme_of_card, standing
from ..rules import STATUS, steps
from .moving import move_status

_WHY = "Возвращён прежний статус"


@verb
def put_status_back(card: Entity, kind: EntityKind, fields: Mapping[str, Any], *, by: Actor) -> None:
    """Move a card into the status that `Change.back` tells of ({base, own: id or None}), as any move is made now.

    Errors: StatusIsGone when its type has no such status any more, those of `move_status`.
    """
    if kind.lifecycle is None:
        raise NotFound()
    told, scheme = fields[STATUS], scheme_of_card(card)
    target = scheme.by_id(told["own"]) if told["own"] else scheme.plain(told["base"])
    if target is None:
        raise StatusIsGone()
    stands = standing(scheme, card)
    if stands and stands.id == target.id:
        return
    offered, works = kind.lifecycle.passages(by, [card]), card.pk in kind.lifecycle.working(by, [card])
    open_to = roles_of(by, [scheme])
    ways = steps(scheme, stands, offered.get(card.pk, ()), open_to, works=works, status=card.status)
    way = next((step for step in ways if step.node.id == target.id), None)
    # Where there is no way, the move itself says why.
    move_status(card, kind, to=target.id, by=by, text=_WHY if way and way.needs_text else "")
