"""Which parts the house has: folders with known files. Safe to import before Django starts."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Bones stand in the order of the import contract; mechanisms are found by their `trait.py`.
BONES = ("identity", "entities", "organization", "access", "events", "rest")
# Tables of these stand in the public schema.
PUBLIC = ("core.outbox", "tenants", "tenants.console", "tenants.appeals", "billing")


def _has_models(folder: Path) -> bool:
    return (folder / "models.py").exists() or (folder / "models").is_dir()


def module_codes() -> list[str]:
    return [found.parent.name for found in sorted((ROOT / "modules").glob("*/manifest.py"))]


def mechanism_codes() -> list[str]:
    """Folders of core, other than bones, that own tables or a trait."""
    found = {path.parent.name for path in (ROOT / "core").glob("*/trait.py")}
    found |= {path.parent.name for path in (ROOT / "core").glob("*/models.py")}
    return sorted(found - set(BONES) - {"outbox"})


def core_apps() -> list[str]:
    return [f"core.{code}" for code in BONES] + [f"core.{code}" for code in mechanism_codes()]


def company_apps() -> list[str]:
    """Apps whose tables stand in each company's schema."""
    return core_apps() + [f"modules.{code}" for code in module_codes()]


def public_apps() -> list[str]:
    return [app for app in PUBLIC if _has_models(ROOT / app.replace(".", "/"))]
