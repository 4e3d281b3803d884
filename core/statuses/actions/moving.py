"""Moving cards between the company's statuses, and what a kind's own verbs ask when they move a base.

`lead` and `land` change the card that they are given and save nothing: the verb that calls them holds the card's lock
and saves `status` together with `own_status`.
"""

from typing import Any

from core.access.actor import Actor
from core.comments.actions import comment
from core.comments.mixin import Commentable
from core.entities.kinds import EntityKind, Lifecycle
from core.entities.locks import lock
from core.entities.models import Entity, OwnStatus
from core.errors import NotFound
from core.events.bus import Change, emit
from core.verb import verb

from ..errors import CommentNeeded, MoveNotAllowed, MoveOfOthers, NoSuchStatus, NotYourCard, StatusIsAway
from ..events import StatusMoved
from ..queries import roles_of, scheme_of, scheme_of_card, standing
from ..rules import OWN_STATUS, STATUS, Node, Scheme


@verb
def move_status(
    card: Entity,
    kind: EntityKind,
    *,
    to: int,
    by: Actor,
    text: str = "",
    anyway: bool = False,
    version: int | None = None,
) -> Entity:
    """Bring a card into a status of the company's own, by its id.

    Within one base whoever works on the card does it; into another base the kind's own deed leads, with all that it
    asks and refuses, `anyway` as it takes it. Errors: NotFound where the kind has no such statuses, NoSuchStatus,
    StatusIsAway, NotYourCard, MoveNotAllowed, MoveOfOthers, CommentNeeded, Stale, those of the deed.
    """
    cycle = _lifecycle(kind)
    target = OwnStatus.objects.filter(pk=to, kind=kind.code).values_list("base", flat=True).first()
    if target is None:
        raise NoSuchStatus()
    if target != card.status:
        return _by_deed(card, kind, target, to, by=by, text=text, anyway=anyway, version=version)
    _must_work(cycle, card, by)
    card = lock(card, version=version)
    _must_work(cycle, card, by)
    if card.status != target:
        # Somebody has led it elsewhere meanwhile, and the person has not seen that.
        raise MoveNotAllowed(_title(kind, card.status), _title(kind, target))
    if card.own_status_id == to:
        return card
    change = lead(card, kind, target, by=by, to=to, text=text)
    card.save_change(OWN_STATUS)
    emit(StatusMoved(card.ref, changes=(change,), text=text.strip()), by=by)
    if text.strip() and isinstance(card, Commentable):
        # The fact of a move is told to nobody: whoever follows the talk hears of these words there.
        comment(card, kind, text=text, by=by)
    return card


def lead(card: Entity, kind: EntityKind, base: str, *, by: Actor, to: int | None = None, text: str = "") -> Change:
    """Choose the status in which a verb that leads into a base ends, as the company's moves allow; what has changed.

    `to` when the person has named one, else the default of the base or the first that is allowed. Errors: NoSuchStatus,
    StatusIsAway, MoveNotAllowed, MoveOfOthers, CommentNeeded.
    """
    scheme = scheme_of_card(card)
    wanted = scheme.entries(base) if to is None else [_wanted(scheme, to, base)]
    if not wanted:
        # No scheme, or one that was begun before the kind had this base.
        return _put(card, kind, scheme, base, None)
    source, roles = standing(scheme, card), roles_of(by, [scheme])
    drawn = [(node, way) for node in wanted if (way := scheme.way(source, node)) is not None]
    open_ways = [(node, way) for node, way in drawn if way.is_open(roles)]
    if not open_ways:
        refusal = MoveOfOthers if drawn else MoveNotAllowed
        raise refusal(_name(source, kind, card.status), wanted[0].title)
    target, way = open_ways[0]
    if way.needs_comment and not text.strip():
        raise CommentNeeded(target.title)
    return _put(card, kind, scheme, base, target)


def land(card: Entity, kind: EntityKind, base: str) -> Change:
    """Put a card where a base begins, whatever moves are allowed: for what follows from something else (work is handed
    over). What has changed."""
    scheme = scheme_of_card(card)
    return _put(card, kind, scheme, base, scheme.entry(base))


def follow(card: Entity, kind: EntityKind, base: str, *, by: Actor) -> Change:
    """Put a card where a base begins because another one has come there; what has changed.

    No move need be drawn, but one that is drawn for some roles is gone by nobody else. Errors: MoveOfOthers.
    """
    scheme = scheme_of_card(card)
    source, entries = standing(scheme, card), scheme.entries(base)
    drawn = [(node, way) for node in entries if (way := scheme.way(source, node)) is not None]
    roles = roles_of(by, [scheme])
    target = next((node for node, way in drawn if way.is_open(roles)), None)
    if drawn and target is None:
        raise MoveOfOthers(_name(source, kind, card.status), drawn[0][0].title)
    return _put(card, kind, scheme, base, target or scheme.entry(base))


def stand_again(card: Entity, kind: EntityKind, base: str, own_status: int | None) -> Change:
    """Put a card back into a status of a base where it stood before, whatever moves are allowed: for undoing. One that
    has been put away or is no more gives way, to that which takes its place or to the beginning of the base. What has
    changed."""
    scheme = scheme_of_card(card)
    former = scheme.by_id(own_status) if own_status else scheme.plain(base)
    former = _living(scheme, former)
    return _put(card, kind, scheme, base, former if former and former.base == base else scheme.entry(base))


def turned(card: Entity, kind: EntityKind, card_type: str) -> tuple[str, ...]:
    """A card of another type stands where that type's base begins; the columns that have changed."""
    before, entry = card.own_status_id, scheme_of(kind.code, card_type).entry(card.status)
    card.own_status_id = entry.id if entry else None
    return (OWN_STATUS,) if card.own_status_id != before else ()


def _by_deed(card: Entity, kind: EntityKind, base: str, to: int, *, by: Actor, **more: Any) -> Entity:
    cycle = _lifecycle(kind)
    offered = cycle.passages(by, [card]).get(card.pk, ())
    deed = next((one for one in offered if one.to == base), None)
    if deed is None:
        raise MoveNotAllowed(_title(kind, card.status), _title(kind, base))
    return cycle.go(card, deed.code, by=by, own_status=to, **more)


def _lifecycle(kind: EntityKind) -> Lifecycle:
    if kind.lifecycle is None:
        raise NotFound()
    return kind.lifecycle


def _must_work(cycle: Lifecycle, card: Entity, by: Actor) -> None:
    if card.pk not in cycle.working(by, [card]):
        raise NotYourCard()


def _wanted(scheme: Scheme, to: int, base: str) -> Node:
    found = scheme.by_id(to)
    if found is None or found.base != base:
        raise NoSuchStatus()
    if not found.is_living:
        raise StatusIsAway()
    return found


def _put(card: Entity, kind: EntityKind, scheme: Scheme, base: str, target: Node | None) -> Change:
    source = standing(scheme, card)
    # Without a scheme there is nothing to lead a card back through.
    back = ({"base": source.base, "own": None if source.is_plain else source.id},) if source else ()
    card.own_status_id = target.id if target else None
    return Change(STATUS, _name(source, kind, card.status), _name(target, kind, base), back=back)


def _living(scheme: Scheme, node: Node | None) -> Node | None:
    """The status, or that to which it has given way; None for one that was put away without an heir."""
    passed: set[int] = set()
    while node is not None and not node.is_living and node.id not in passed:
        passed.add(node.id)
        heir = OwnStatus.objects.filter(pk=node.id).values_list("makes_way_for", flat=True).first()
        node = scheme.by_id(heir)
    return node if node is not None and node.is_living else None


def _name(node: Node | None, kind: EntityKind, base: str) -> str:
    return node.title if node else _title(kind, base)


def _title(kind: EntityKind, base: str) -> str:
    return str(kind.statuses[base])
