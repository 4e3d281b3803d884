"""What a route is made of: its stages, who performs them, when they are gone through. No database."""

from dataclasses import dataclass, field
from enum import StrEnum


class StageKind(StrEnum):
    APPROVAL = "approval"
    WORK = "work"
    WAIT = "wait"
    TIMER = "timer"


class Rule(StrEnum):
    """How many of those who perform a stage must say yes."""

    ALL = "all"
    ANY = "any"
    COUNT = "count"


class By(StrEnum):
    """How a performer is found when his stage opens."""

    PERSON = "person"
    ROLE = "role"
    HEAD = "head"
    MANAGER = "manager"
    FIELD = "field"
    LIST = "list"
    PICKED = "picked"


class Escalation(StrEnum):
    NONE = "none"
    TELL = "tell"
    HAND = "hand"


# The stage in which the initiator puts right what was returned to him; no scheme names one so.
REWORK = "rework"
# Where a return leads: to the initiator.
TO_INITIATOR = ""
# What a stage cares about when its `cares` names no fields: all that is decided upon.
ANYTHING = None


@dataclass(frozen=True)
class Performer:
    """One rule by which performers are found.

    `value` is a principal for PERSON, a department for HEAD (0: the initiator's), an approval list for LIST; `code` a
    role for ROLE, what of the card or its lines names people for FIELD. PICKED are those whom the sender has picked by
    hand.
    """

    by: By
    value: int = 0
    code: str = ""


@dataclass(frozen=True)
class Stage:
    """One stage. It opens when all stages in `after` are behind; those stand before it in the scheme.

    `condition` is a formula over the card, empty for always; a stage whose condition does not hold is passed over.
    `rule` and `count` say how many must agree; `in_turn` that they are asked one after another; `hears_all` that
    nothing ends before everybody has spoken. `on_reject` is the stage to which a rejection leads, None ends the run.
    `cares` are fields whose change makes its decisions void: ANYTHING, some, or none of them.
    `hours`, `remind` and `escalate` are working hours: until the stage is due, before that, after that.
    `signal` is what a WAIT waits for, `until` the day of the card at which a TIMER ends when it has no `hours`.
    """

    code: str
    title: str
    kind: StageKind = StageKind.APPROVAL
    after: tuple[str, ...] = ()
    condition: str = ""
    performers: tuple[Performer, ...] = ()
    rule: Rule = Rule.ALL
    count: int = 0
    in_turn: bool = False
    hears_all: bool = False
    on_reject: str | None = None
    cares: frozenset[str] | None = ANYTHING
    hours: int | None = None
    remind: int | None = None
    escalation: Escalation = Escalation.NONE
    escalate: int = 0
    signal: str = ""
    until: str = ""

    @property
    def is_performed(self) -> bool:
        """Whether people are asked in it."""
        return self.kind in (StageKind.APPROVAL, StageKind.WORK)

    @property
    def asked_by(self) -> tuple[Performer, ...]:
        """Rules by which people are found; none where people are not asked."""
        return self.performers if self.is_performed else ()

    @property
    def is_picked(self) -> bool:
        """Whether whoever sends a card picks people for it."""
        return self.is_performed and any(one.by == By.PICKED for one in self.performers)

    def needed(self, asked: int) -> int:
        """How many of those who are asked must agree; N of fewer than N is all of them."""
        if self.rule == Rule.ANY:
            return min(1, asked)
        return min(self.count, asked) if self.rule == Rule.COUNT else asked

    def minds(self, changed: frozenset[str]) -> bool:
        """Whether its decisions do not outlive a change of these fields."""
        return bool(changed) and (self.cares is ANYTHING or not self.cares.isdisjoint(changed))


@dataclass(frozen=True)
class Scheme:
    """Stages in their order. `from_start` makes everything be decided anew after rework, not only what was refused."""

    stages: tuple[Stage, ...]
    from_start: bool = False
    _by_code: dict[str, Stage] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_code.update({stage.code: stage for stage in self.stages})

    def stage(self, code: str) -> Stage:
        return REWORK_STAGE if code == REWORK else self._by_code[code]

    @property
    def is_picked(self) -> bool:
        return any(stage.is_picked for stage in self.stages)

    def has(self, code: str) -> bool:
        return code in self._by_code

    def behind(self, code: str) -> frozenset[str]:
        """Codes of the stages that stand after one, at any distance."""
        found = {code}
        for stage in self.stages:
            if found & set(stage.after):
                found.add(stage.code)
        return frozenset(found - {code})

    def before(self, code: str) -> frozenset[str]:
        """Codes of the stages that a stage waits for, at any distance."""
        found: set[str] = set()
        queue = list(self.stage(code).after)
        while queue:
            one = queue.pop()
            if one not in found:
                found.add(one)
                queue.extend(self.stage(one).after)
        return frozenset(found)


REWORK_STAGE = Stage(REWORK, "Доработка", StageKind.WORK, cares=frozenset())
