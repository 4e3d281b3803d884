"""What a forked process of the product may be asked to do."""

from collections.abc import Callable
from typing import Any

from core.access.loading import system_actor
from core.companies import find_company
from core.context import company_scope, control_scope
from core.manifest import Module
from core.registry import registry
from tenants.archives.arriving import admit
from tenants.archives.reading import ArchiveFile
from tenants.keys.rotation import rotate
from tenants.provisioning import pool
from tenants.provisioning.fanout import migrate_companies
from tenants.provisioning.switching import switch_on
from tenants.signup import confirm
from tenants.snapshots import find
from tests.tenants.novelty import CODE, seed


def _job(code: str, schema: str, subject_id: str) -> dict[str, Any]:
    registry.jobs()[code][1].run(find_company(schema), int(subject_id))
    return {}


def _control(code: str, subject_id: str) -> dict[str, Any]:
    registry.jobs()[code][1].run(None, int(subject_id))
    return {}


def _confirm(email: str, code: str) -> dict[str, Any]:
    welcome = confirm(email=email, code=code)
    return {"host": welcome.host, "token": welcome.token}


def _ready() -> dict[str, Any]:
    with control_scope():
        scripts = pool.scripts_for(registry.preset_modules())
    return {"schema": pool.make_ready(scripts, registry.preset_modules())}


def _switch(slug: str, code: str) -> dict[str, Any]:
    registry.modules[CODE] = Module(code=CODE, title="Новинка", icon="star", group="Опыты", seed=seed)
    company = find(host=f"{slug}.localhost")
    assert company is not None
    with company_scope(company):
        actor = system_actor()
    return {"modules": switch_on(company.schema, code, together=False, by=actor).modules}


def _migrate() -> dict[str, Any]:
    report = migrate_companies(lambda text: None, workers=1)
    return {"done": report.done, "failed": report.failed}


def _admit(path: str, slug: str) -> dict[str, Any]:
    with open(path, "rb") as source:
        return {"slug": admit(ArchiveFile(source), slug).slug}


def _rotate() -> dict[str, Any]:
    return {"done": rotate(lambda text: None).done}


DEEDS: dict[str, Callable[..., dict[str, Any]]] = {
    "job": _job, "control": _control, "confirm": _confirm, "ready": _ready, "switch": _switch, "migrate": _migrate,
    "admit": _admit, "rotate": _rotate,
}  # fmt: skip
