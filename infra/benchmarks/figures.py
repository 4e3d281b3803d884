"""One measured figure and how figures are told."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """`value` in `unit`; `floor` what the bare thing costs in the same unit; `goal` bounds `ratio` or, without a floor,
    `value`."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    goal: str = ""
    ok: bool = True


def figure(name: str, value: float, unit: str, *, floor: float | None = None, most: float | None = None,
           least: float | None = None) -> Figure:  # fmt: skip
    """A figure judged: its ratio to the floor (its value when there is none) must be within `most` and `least`."""
    ratio = value / floor if floor else None
    judged = ratio if ratio is not None else value
    ok = (most is None or judged <= most) and (least is None or judged >= least)
    sign = "×" if ratio is not None else f" {unit}"
    goal = f"≤ {most:g}{sign}" if most is not None else f"≥ {least:g}{sign}" if least is not None else ""
    return Figure(name, round(value, 3), unit, round(floor, 3) if floor else None, round(ratio, 2) if ratio else None,
                  goal, ok)  # fmt: skip


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def told(found: list[Figure]) -> str:
    """The table people read."""
    lines = [f"{'':2}{'что':<58}{'значение':>12} {'ед.':<6}{'пол':>10}{'отношение':>11}  цель"]
    for one in found:
        floor = f"{one.floor:.2f}" if one.floor is not None else ""
        ratio = f"{one.ratio:.1f}×" if one.ratio is not None else ""
        mark = "✓" if one.ok else "✗"
        lines.append(f"{mark} {one.name:<58}{one.value:>12.2f} {one.unit:<6}{floor:>10}{ratio:>11}  {one.goal}")
    return "\n".join(lines)


def write(found: list[Figure], path: Path) -> None:
    path.write_text(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n")
