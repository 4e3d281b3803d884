"""What is yet to come on a route: whom each stage would ask if it opened now, as one reader may be told of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from core.entities.kinds import EntityKind

from .casting import Cast
from .contents import names_read, routes_of
from .rules import Called
from .schemes import By, Stage


@dataclass(frozen=True)
class Ahead:
    """One stage that has not opened; `is_passed_over` is None where the reader may not know it, `is_nobody` says that
    its rules find nobody."""

    stage: Stage
    called: tuple[Called, ...] = ()
    is_passed_over: bool | None = False
    is_nobody: bool = False


def ahead(stages: Sequence[Stage], cast: Cast, *, shut: Collection[str] = ()) -> list[Ahead]:
    """Whom each stage would ask now. `shut` are names in the history of what is hidden from the reader: neither a
    condition over it nor a person whom it names is told to him."""
    told = {stage.code: _open_part(stage, cast.kind, shut) for stage in stages}
    whole = [stage for stage in stages if told[stage.code].performers == stage.performers]
    # Of rules that the reader may not know all of he is not told who is asked where they find nobody.
    parts = [stage for stage in stages if stage not in whole]
    found = cast.openings([told[stage.code] for stage in whole])
    if parts:
        found |= replace(cast, keeper=None).openings([told[stage.code] for stage in parts])
    return [_ahead(stage, found[stage.code], told[stage.code], is_whole=stage in whole) for stage in stages]


def _ahead(stage: Stage, called: tuple[Called, ...] | None, told: Stage, *, is_whole: bool) -> Ahead:
    if called is None:
        return Ahead(stage, is_passed_over=True)
    is_nobody = stage.is_performed and not called and not stage.is_picked and is_whole
    return Ahead(stage, called, False if told.condition == stage.condition else None, is_nobody)


def _open_part(stage: Stage, kind: EntityKind, shut: Collection[str]) -> Stage:
    """A stage without what the reader may not know of."""
    if not shut:
        return stage
    named = routes_of(kind).told
    performers = tuple(
        one for one in stage.performers if one.by != By.FIELD or named.get(one.code, one.code) not in shut
    )
    is_open = names_read(stage.condition, kind).isdisjoint(shut)
    return replace(stage, condition=stage.condition if is_open else "", performers=performers)
