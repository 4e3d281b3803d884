"""Rules of the house that a linter does not know (docs/decisions, DESIGN)."""

import ast
import json
import re

from tests.architecture.sources import ROOT, calls, functions, name_of, product_files, tree_of

RAW_SQL_HOMES = (
    "core/compiled.py",
    "queries.py",
    "/migrations/",
    "core/entities/bulk.py",
    "core/search/",
    "core/ledger/",
    "tenants/archives/",
    "tenants/provisioning/",
    "infra/benchmarks/",
    "infra/copies/server.py",
    "infra/drill/",
    "core/context.py",
    "tenants/startup.py",
    "infra/health.py",
    "infra/metrics.py",
    "/management/commands/",
)


def test_raw_sql_lives_where_it_may():
    """`cursor.execute` of a text stands only in the listed homes."""
    found = [
        name_of(path)
        for path in product_files()
        if not any(home in f"/{name_of(path)}" for home in RAW_SQL_HOMES)
        and any(name.endswith((".execute", ".executemany", ".raw", "RawSQL")) for name, _ in calls(path))
        and "connection" in path.read_text()
        and not name_of(path).startswith(("infra/launch/", "infra/sandbox/"))
    ]
    assert found == []


def test_roles_and_paths_are_set_in_one_place():
    pattern = re.compile(r"set_config\(|SET\s+(LOCAL\s+|SESSION\s+)?(ROLE|search_path)", re.I)
    homes = ("infra/benchmarks/", "core/context.py", "tenants/provisioning/roles.py", "core/outbox/migrations")
    found = [name_of(path) for path in product_files() if pattern.search(_code(path))]
    assert [name for name in found if not name.startswith(homes)] == []


def test_the_librarys_own_doors_are_shut():
    """Its context managers leak between threads; scopes are the only way in."""
    banned = re.compile(r"\b(tenant_context|schema_context|set_tenant|set_schema|activate_tenant)\b|with\s+tenant\b")
    found = [name_of(path) for path in product_files() if banned.search(_code(path))]
    assert [name for name in found if name != "infra/database/base.py"] == []


def test_only_the_relay_talks_to_the_broker():
    found = {
        name_of(path)
        for path in product_files()
        for name, _ in calls(path)
        if name.endswith((".delay", ".apply_async"))
    }
    assert found == {"core/jobs/relay.py"}


def test_verbs_live_in_actions_and_take_the_doer():
    for path in product_files():
        for node in functions(path):
            if not any(isinstance(mark, ast.Name) and mark.id == "verb" for mark in node.decorator_list):
                continue
            home = path.stem in ("actions", "signup", "bulk", "trash") or path.parent.name == "actions"
            assert home, f"{name_of(path)}: the verb {node.name} belongs into actions"


def test_nothing_swallows_errors():
    """A bare `except: pass` hides faults; `suppress` of narrow errors is the honest form."""
    silent = [
        f"{name_of(path)}:{node.lineno}"
        for path in product_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and len(node.body) == 1 and isinstance(node.body[0], ast.Pass)
    ]
    assert silent == []


def test_no_signals_and_no_logic_in_save():
    for path in product_files():
        assert "django.db.models.signals" not in path.read_text(), f"{name_of(path)} listens to signals"


def test_shared_columns_are_not_updated_behind_the_cards_back():
    """`QuerySet.update` on a card would pass by version, history and facts."""
    columns = {"title", "state", "status", "due_at", "responsible", "responsible_id", "trashed_at", "done_at", "number"}
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in product_files()
        for name, node in calls(path)
        if name.endswith(".update")
        and re.search(r"(Entity|Task|Employee)\.objects", name)
        and {keyword.arg for keyword in node.keywords} & columns
    ]
    assert found == []


def test_views_take_in_by_the_houses_parsers_only():
    """The framework's own bear neither depth nor NUL nor thousands of fields."""
    taken = re.compile(r"rest_framework\.parsers|from rest_framework import [^\n]*\bparsers\b")
    assert [name_of(path) for path in product_files() if taken.search(_code(path))] == ["core/rest/parsers.py"]


def test_the_lock_of_packages_is_complete():
    """The registry can lag for platform packages; npm then writes an incomplete lock without an error."""
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text())
    have = {key.rpartition("node_modules/")[2] for key in lock["packages"]}
    missing = {
        name
        for package in lock["packages"].values()
        for name in package.get("optionalDependencies", {})
        if name not in have
    }
    assert missing == set()
    assert not any("resolved" in package for package in lock["packages"].values())


def _code(path) -> str:
    """Source without docstrings and comments."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)
