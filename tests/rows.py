"""`make rows`: which requirements are proved, by which tests that passed in the last `make test`."""

import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

from core.discovery import mechanism_codes, module_codes

ROOT = Path(__file__).resolve().parent.parent
_ROW = re.compile(r"^\| ([A-Z]{1,3}-\d{2}) \| ([^|]+) \|", re.MULTILINE)


def listed_rows() -> dict[str, str]:
    """Row → its short name, from docs/requirements.md."""
    return dict(_ROW.findall((ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")))


def proofs(report: Path) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """(row → tests that passed, row → modules or mechanisms it still waits for), from a JUnit report."""
    proved: dict[str, set[str]] = defaultdict(set)
    waits: dict[str, set[str]] = defaultdict(set)
    for case in ElementTree.parse(report).iter("testcase"):
        if any(case.find(outcome) is not None for outcome in ("failure", "error", "skipped")):
            continue
        for told in case.iter("property"):
            if told.get("name") == "row":
                proved[told.get("value", "")].add(f"{case.get('classname')}.{case.get('name')}")
            elif told.get("name") == "row-waits":
                row, _, module = told.get("value", "").partition(" ")
                waits[row].add(module)
    return proved, waits


def main() -> int:
    """Print the table; 1 when a test says that a row waits for a part that exists, or names an unknown row."""
    report = ROOT / "test-report.xml"
    if not report.exists():
        print("Нет test-report.xml: сначала make test.")
        return 1
    rows, (proved, waits) = listed_rows(), proofs(report)
    standing = {*module_codes(), *mechanism_codes()}
    grown = {row: parts & standing for row, parts in waits.items()}
    unknown = sorted(set(proved) - set(rows))
    for row, name in rows.items():
        if row in waits:
            print(f"{row}  ждёт {', '.join(sorted(waits[row]))}  {name.strip()} ({len(proved[row])} тестов)")
        elif row in proved:
            print(f"{row}  доказана  {name.strip()}: {', '.join(sorted(proved[row])[:3])}")
    done = set(proved) - set(waits)
    bare = set(rows) - set(proved)
    print(f"\nДоказано {len(done & set(rows))}, ждут других частей {len(waits)}, без доказательства {len(bare)}")
    for row in unknown:
        print(f"Строки {row} нет в docs/requirements.md")
    for row, parts in grown.items():
        if parts:
            print(f"{row} ждёт {', '.join(parts)}, но это уже есть: снимите waits и докажите")
    return 1 if unknown or any(grown.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
