"""Processes of the product that do one thing each and may be killed on the way.

`python -m tests.tenants.child` reads lines {deed: [name, argument…], fail} and forks for each, so that Django starts
once; it answers {status, answer}. Deeds: confirm <email> <code>, ready, switch <slug> <module>, migrate.
"""

import json
import os
import sys
import traceback

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")
django.setup()

from core import failpoints  # noqa: E402
from core.access.loading import system_actor  # noqa: E402
from core.context import company_scope, control_scope  # noqa: E402
from core.manifest import Module  # noqa: E402
from core.registry import registry  # noqa: E402
from tenants.provisioning import pool  # noqa: E402
from tenants.provisioning.fanout import migrate_companies  # noqa: E402
from tenants.provisioning.switching import switch_on  # noqa: E402
from tenants.signup import confirm  # noqa: E402
from tenants.snapshots import find  # noqa: E402
from tests.tenants.novelty import CODE, seed  # noqa: E402


def _confirm(email: str, code: str) -> dict:
    welcome = confirm(email=email, code=code)
    return {"host": welcome.host, "token": welcome.token}


def _ready() -> dict:
    with control_scope():
        scripts = pool.scripts_for(registry.preset_modules())
    return {"schema": pool.make_ready(scripts, registry.preset_modules())}


def _switch(slug: str, code: str) -> dict:
    registry.modules[CODE] = Module(code=CODE, title="Новинка", icon="star", group="Опыты", seed=seed)
    company = find(host=f"{slug}.localhost")
    with company_scope(company):
        actor = system_actor()
    return {"modules": switch_on(company.schema, code, together=False, by=actor).modules}


def _migrate() -> dict:
    report = migrate_companies(lambda text: None, workers=1)
    return {"done": report.done, "failed": report.failed}


_DEEDS = {"confirm": _confirm, "ready": _ready, "switch": _switch, "migrate": _migrate}


def _run(told: dict, output: int) -> int:
    """In the forked process; the status it ends with unless a failpoint ends it."""
    failpoints._ARMED, failpoints._DEED = told["fail"], "exit"
    name, *arguments = told["deed"]
    try:
        os.write(output, json.dumps(_DEEDS[name](*arguments)).encode())
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def main() -> None:
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
