"""Processes of the product that do one thing each and may be killed on the way.

`python -m tests.support.forker` reads lines {deed: [name, argument…], fail, hosts, settings} and forks for each, so
that Django starts once for all tests of a worker; it answers {status, answer}. The deeds are in deeds.py beside it.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.failpoints import KILLED
from tests.support.cluster import ROOT


@dataclass
class Forker:
    """The other end of the process that forks; it is started when first asked."""

    process: subprocess.Popen[str] | None = None

    def do(
        self, *deed: str, hosts: Mapping[str, str], settings: Mapping[str, str], fail: str = ""
    ) -> tuple[int, dict[str, Any]]:
        """(status, answer) of a process that does a deed in the cluster at `hosts`, killed at a named failpoint."""
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.forker"], cwd=ROOT, text=True, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )  # fmt: skip
        assert self.process.stdin is not None and self.process.stdout is not None
        told = {"deed": deed, "fail": fail, "hosts": dict(hosts), "settings": dict(settings)}
        self.process.stdin.write(json.dumps(told) + "\n")
        self.process.stdin.flush()
        heard = json.loads(self.process.stdout.readline())
        assert heard["status"] in (0, KILLED), "the child failed by itself, its trace is in the output"
        return heard["status"], heard["answer"]

    def end(self) -> None:
        """Let the process that forks go."""
        if self.process is not None:
            self.process.communicate(timeout=30)
            self.process = None


def _run(told: dict[str, Any], output: int) -> int:
    """In the forked process; the status it ends with unless a failpoint ends it."""
    from django.conf import settings
    from django.db import connections

    from core import failpoints
    from tests.support.deeds import DEEDS

    failpoints._ARMED, failpoints._DEED = told["fail"], "exit"
    for alias, host in told["hosts"].items():
        connections.settings[alias]["HOST"] = host
    for name, value in told["settings"].items():
        setattr(settings, name, value)
    name, *arguments = told["deed"]
    try:
        os.write(output, json.dumps(DEEDS[name](*arguments)).encode())
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def main() -> None:
    """Fork for each line."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
    django.setup()
    import tests.support.deeds  # noqa: F401  (imported once, before the first fork)

    for line in sys.stdin:
        heard, told = os.pipe()
        child = os.fork()
        if child == 0:
            os._exit(_run(json.loads(line), told))
        os.close(told)
        with os.fdopen(heard) as answer:
            text = answer.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps({"status": status, "answer": json.loads(text) if text else {}}), flush=True)


if __name__ == "__main__":
    main()
