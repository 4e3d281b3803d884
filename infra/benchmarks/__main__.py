"""`make bench [ONLY=name]`: run all or one, print the table, write bench.json; non-zero when a goal is missed."""

import sys
import time

from infra.benchmarks import (
    archives,
    board,
    documents,
    imports,
    lists,
    migration,
    modules,
    neighbours,
    prints,
    provisioning,
    search,
    spread,
    start,
    tasks,
)
from infra.benchmarks.figures import Figure, figure, told, write
from infra.env import ROOT

BENCHMARKS = {"tasks": tasks.run, "search": search.run, "board": board.run, "lists": lists.run, "imports": imports.run,
              "provisioning": provisioning.run, "modules": modules.run, "migration": migration.run,
              "spread": spread.run, "start": start.run, "archives": archives.run,
              "neighbours": neighbours.run, "prints": prints.run, "documents": documents.run}  # fmt: skip
# A fresh clone makes a thousand companies and a million cards first, which takes as long as all figures together.
MOST_MINUTES = 30


def main(names: list[str]) -> int:
    if unknown := set(names) - set(BENCHMARKS):
        print(f"Нет такого замера: {', '.join(unknown)}. Есть: {', '.join(BENCHMARKS)}")
        return 2
    found: list[Figure] = []
    begun = time.monotonic()
    for name in names or BENCHMARKS:
        print(f"── {name}", flush=True)
        started = time.monotonic()
        found += BENCHMARKS[name]()
        write(found, ROOT / "bench.json")
        print(f"  {time.monotonic() - started:.0f} с", flush=True)
    if not names:
        found.append(figure("bench: весь прогон", (time.monotonic() - begun) / 60, "мин", most=MOST_MINUTES))
        write(found, ROOT / "bench.json")
    print(told(found))
    return 0 if all(one.ok for one in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
