"""What each verb about a run begins with: the card locked, then its run, the rules' answer kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.locks import locked
from core.entities.models import Entity
from core.errors import NotFound
from core.events.bus import Change, emit

from ..casting import Cast
from ..contents import content_of, difference, hash_of, routes_of
from ..errors import AgainstRules, NotOnRoute
from ..events import DecisionsVoid, RunEnded
from ..keeping import Ledger, Moved
from ..models import Content, Run
from ..rules import Against, Course, Outcome, edit

_OUTCOMES = {Outcome.APPROVED: "Согласован", Outcome.REJECTED: "Отклонён", Outcome.RECALLED: "Отозван"}


@dataclass
class Going:
    """A run that goes on, locked with its card."""

    card: Entity
    kind: EntityKind
    run: Run
    ledger: Ledger
    cast: Cast
    now: datetime

    def move(self, ask: Callable[[Course], Course]) -> Moved:
        """Ask the rules and keep what they answer. Errors: AgainstRules."""
        try:
            after = ask(self.ledger.course)
        except Against as refusal:
            raise AgainstRules(refusal.why) from refusal
        return self.ledger.write(after, now=self.now, values=self.cast.values)

    def hear(self, by: Actor) -> str:
        """Let an edit of the card take effect; the hash of what it says now."""
        told = content_of(self.card, self.kind)
        found = hash_of(told)
        held = self.run.content
        if held is not None and held.hash == found:
            return found
        changed = difference(held.told if held else {}, told)
        keep_content(self.run, found, told, at=self.now)
        moved = self.move(lambda course: edit(course, changed, self.cast.opening))
        if moved != Moved():
            # What has changed is told by the kind's own fact, to whoever may see those fields.
            told_so = DecisionsVoid(self.card.ref, self.run.pk, moved.asked, moved.left, again=moved.again)
            emit(told_so, by=by)
        self.end_if_over(by)
        return found

    def end_if_over(self, by: Actor, words: str = "") -> None:
        """Tell of the end, and let the kind do what it does then."""
        outcome = self.ledger.course.outcome
        if outcome is None:
            return
        routes_of(self.kind).ended(self.card, outcome.value, by=by)
        said = (Change("comment", None, words),) if words else ()
        changes = (Change("decision", None, _OUTCOMES[outcome]), *said)
        emit(RunEnded(self.card.ref, self.run.pk, changes=changes, outcome=outcome.value), by=by)


def lock_card(card: Entity, kind: EntityKind) -> Entity:
    """The whole card, locked. Errors: NotFound."""
    found = locked(kind.model.objects.filter(trashed_at__isnull=True), card.pk)
    if found is None:
        raise NotFound()
    return found


def going(card: Entity, kind: EntityKind) -> Going:
    """The run of a card that goes on, both locked. Errors: NotFound, NotOnRoute."""
    card = lock_card(card, kind)
    rows = Run.objects.select_for_update(of=("self",)).select_related("version", "content")
    run = rows.filter(entity=card.pk, outcome="").first()
    if run is None:
        raise NotOnRoute()
    return opened(card, kind, run)


def opened(card: Entity, kind: EntityKind, run: Run) -> Going:
    """Around a run whose card is locked."""
    cast = Cast.of(card, kind, run.initiator_id, run.version.published_by_id, run.picked)
    return Going(card, kind, run, Ledger(run), cast, timezone.now())


def keep_content(run: Run, found: str, told: dict, *, at: datetime) -> Content:
    """What a card says now becomes what its run goes on with; whoever is asked from `at` on is asked about it."""
    row, _ = Content.objects.get_or_create(run=run, hash=found, defaults={"told": told, "created_at": at})
    run.content = row
    run.save(update_fields=["content"])
    return row
