"""`make bench [ONLY=name]`: run all or one, print the table, write bench.json; non-zero when a goal is missed."""

import sys

from infra.benchmarks import migration, modules, provisioning, spread, start, tasks
from infra.benchmarks.figures import Figure, told, write
from infra.env import ROOT

BENCHMARKS = {"tasks": tasks.run, "provisioning": provisioning.run, "modules": modules.run,
              "migration": migration.run, "spread": spread.run, "start": start.run}  # fmt: skip


def main(names: list[str]) -> int:
    if unknown := set(names) - set(BENCHMARKS):
        print(f"Нет такого замера: {', '.join(unknown)}. Есть: {', '.join(BENCHMARKS)}")
        return 2
    found: list[Figure] = []
    for name in names or BENCHMARKS:
        print(f"── {name}", flush=True)
        found += BENCHMARKS[name]()
        write(found, ROOT / "bench.json")
    print(told(found))
    return 0 if all(one.ok for one in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
