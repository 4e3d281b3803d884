"""Modules of a company, on and off: either fully or not at all, whatever kills us on the way.

1. Registry: the module joins `modules_installed`, so whoever migrates this schema counts it in from now on.
2. Registry's row locked: the owner makes the tables, unless a killed attempt has made them.
3. The same transaction as 2: the switch itself, default grants, first rows, the fact.
"""

from collections.abc import Callable, Iterable

from django.db import connection
from django.db.models import F

from core.access.actor import Actor
from core.context import control_scope, founding, owner_scope
from core.entitlements.allowance import Allowance
from core.entitlements.port import must_hold
from core.errors import Unavailable
from core.events.bus import emit
from core.failpoints import Failpoint
from core.identity.models import Principal
from core.registry import registry
from tenants.errors import NeedsModule
from tenants.events import ModulesChanged
from tenants.models import Company, Segment
from tenants.queries import locked
from tenants.snapshots import snapshot_of, touch

from .companies import seed_modules
from .patience import patiently
from .pool import expected_fingerprint
from .segments import CORE, Script, recorded, replay

INTENDED = Failpoint("switch.intended")
TABLES_MADE = Failpoint("switch.tables-made")
SEEDED = Failpoint("switch.seeded")
DONE = Failpoint("switch.done")
_LOCK_TIMEOUT_MS = 700
_UPDATING = "Компания сейчас обновляется. Повторите через несколько минут"
_BUSY = "Сейчас в компании идёт работа, которую нельзя прервать. Повторите через минуту"


# What else is written in the transaction of a switch, and only when one has happened.
Also = Callable[[Company], object]


def switch_on(schema: str, code: str, *, together: bool, by: Actor, also: Also | None = None) -> Company:
    """Switch a module on, `together` with those it needs; nothing happens when it is on. The registry's row.

    Opens its own scopes. Errors: NeedsModule (`needs`: [{code, title}]) when others must be on first and `together`
    is false; NotInPlan; Unavailable while the company is being migrated or too busy.
    """
    with control_scope():
        company = locked(schema)
        codes = _to_switch(company, code, together=together)
        fresh = [name for name in codes if name not in company.modules_installed]
        if fresh:
            Company.objects.filter(pk=company.pk).update(modules_installed=[*company.modules_installed, *fresh])
    INTENDED.reach()
    with control_scope():
        company = locked(schema)
        codes = _to_switch(company, code, together=together)
        if codes:
            company.fingerprint = _make_tables(company, codes)
            TABLES_MADE.reach()
            _turn(company, on=codes, by=by)
            if also is not None:
                also(company)
    DONE.reach()
    return company


def switch_off(schema: str, code: str, *, by: Actor, also: Also | None = None) -> Company:
    """Switch a module off; its tables and data stay. NeedsModule (`needed_by`) while others that are on need it."""
    with control_scope():
        company = locked(schema)
        if code not in company.modules:
            return company
        holding = _named(name for name in company.modules if code in registry.modules[name].depends)
        if holding:
            title = registry.modules[code].title
            raise NeedsModule(f"«{title}» нужен модулям: {_titles(holding)}. Сначала выключите их", needed_by=holding)
        _turn(company, off=[code], by=by)
        if also is not None:
            also(company)
    return company


def _to_switch(company: Company, code: str, *, together: bool) -> list[str]:
    """Codes to switch on, dependencies first, `code` last; empty when it is on. NeedsModule unless `together`."""
    wanted: list[str] = []

    def visit(name: str) -> None:
        for need in registry.modules[name].depends:
            visit(need)
        if name not in company.modules and name not in wanted:
            wanted.append(name)

    visit(code)
    if code not in wanted:
        return []
    for name in wanted:
        must_hold(Allowance.of(company.allowance), name)
    if len(wanted) > 1 and not together:
        needs, title = _named(wanted[:-1]), registry.modules[code].title
        raise NeedsModule(f"Для модуля «{title}» нужны: {_titles(needs)}. Включите их вместе", needs=needs)
    return wanted


def _named(codes: Iterable[str]) -> list[dict[str, str]]:
    return [{"code": code, "title": registry.modules[code].title} for code in codes]


def _titles(named: Iterable[dict[str, str]]) -> str:
    return ", ".join(f"«{item['title']}»" for item in named)


def _make_tables(company: Company, codes: Iterable[str]) -> str:
    """Make what is not there yet; the fingerprint of what stands then. The registry's row is locked."""
    stored = {row.code: row for row in Segment.objects.all()}
    with founding(snapshot_of(company)):
        present = recorded(connection)
    made = {name for name, segment in stored.items() if present & set(segment.migrations)}
    if any(set(stored[name].migrations) - present for name in made):
        # Its tables are of an older shape: replaying beside them would mix two.
        raise Unavailable(_UPDATING)
    scripts = [Script(name, stored[name].script) for name in codes if name not in made]
    if scripts:
        patiently(lambda: _replay(company.schema_name, scripts), _BUSY)
    return expected_fingerprint({*made, *codes} - {CORE})


def _replay(schema: str, scripts: Iterable[Script]) -> None:
    with owner_scope(schema, side="company", lock_timeout_ms=_LOCK_TIMEOUT_MS) as owner:
        for script in scripts:
            replay(owner, script, schema)


def _turn(company: Company, *, on: Iterable[str] = (), off: Iterable[str] = (), by: Actor) -> None:
    """The switch, what it seeds and the fact of it, in the open transaction of the registry."""
    on, off = tuple(on), tuple(off)
    company.modules = [code for code in registry.module_order() if code in {*company.modules, *on} - {*off}]
    touch(company, "modules", "fingerprint")
    with founding(snapshot_of(company)):
        if on:
            seed_modules(list(on))
            # Grants are remembered by epoch, and the seed may have added some to any role.
            Principal.objects.filter(is_active=True).update(access_epoch=F("access_epoch") + 1)
        emit(ModulesChanged(None, on=on, off=off), by=by)
        SEEDED.reach()
