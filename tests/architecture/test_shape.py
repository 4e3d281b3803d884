"""Sizes and names: a stranger finds each thing where its word says."""

import re
import subprocess

import pytest

from tests.architecture.sources import ROOT, functions, name_of, product_files

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_SETTINGS, LONGEST_FRONT_FILE = 400, 50, 80, 250
MODULE_WORDS = frozenset(
    "__init__ manifest models queries rules actions events errors permissions options notifications reactions jobs"
    " reports guests seed fill facade handovers portable rest templates migrations README".split()
)
VAGUE = frozenset("utils util helpers helper services service common misc lib tools shared".split())
FRONT = ROOT / "frontend" / "src"


def test_no_file_is_too_long():
    long = {name_of(path): len(path.read_text().splitlines()) for path in product_files()}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_too_long():
    found = {
        f"{name_of(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in product_files()
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert found == {}


def test_settings_stay_readable():
    files = (ROOT / "infra" / "settings").glob("*.py")
    assert [path.name for path in files if len(path.read_text().splitlines()) > LONGEST_SETTINGS] == []


def test_names_say_what_things_are():
    vague = [name_of(path) for path in product_files() if (VAGUE & {path.stem, *path.relative_to(ROOT).parts[:-1]})]
    # `infra/urls/shared.py` holds the addresses that every side shares; the word is exact there.
    assert [name for name in vague if name != "infra/urls/shared.py"] == []


def test_modules_use_the_closed_vocabulary():
    strangers = [
        name_of(path)
        for folder in (ROOT / "modules").iterdir()
        if folder.is_dir() and folder.name != "__pycache__"
        for path in folder.iterdir()
        if path.stem not in MODULE_WORDS and path.name != "__pycache__"
    ]
    assert strangers == []


def test_every_module_introduces_itself():
    folders = [path.parent for path in (ROOT / "modules").glob("*/manifest.py")]
    assert folders, "there is at least one module"
    for folder in folders:
        assert len((folder / "README.md").read_text(encoding="utf-8").splitlines()) <= 60


@pytest.mark.parametrize("suffix", ["ts", "tsx"])
def test_front_end_files_stay_short(suffix):
    lines = {path: len(path.read_text().splitlines()) for path in FRONT.rglob(f"*.{suffix}")}
    found = {path.relative_to(ROOT).as_posix(): count for path, count in lines.items()}
    assert found
    assert {n: lines for n, lines in found.items() if lines > LONGEST_FRONT_FILE and "/api/generated/" not in n} == {}


def test_front_end_imports_point_downwards():
    order = {"app": 3, "modules": 2, "core": 1, "ui": 0, "api": 0}
    wrong = []
    for path in [*FRONT.rglob("*.ts"), *FRONT.rglob("*.tsx")]:
        layer = path.relative_to(FRONT).parts[0]
        if layer not in order:
            continue
        for target in re.findall(r"""from ["']([^"']+)["']""", path.read_text(encoding="utf-8")):
            reached = _layer_of(target, path)
            if reached in order and order[reached] > order[layer]:
                wrong.append(f"{path.relative_to(ROOT)} imports {target}")
    assert wrong == []


def _layer_of(target: str, path) -> str:
    if target.startswith("@/"):
        return target.split("/")[1]
    if not target.startswith("."):
        return ""
    resolved = (path.parent / target).resolve()
    return resolved.relative_to(FRONT).parts[0] if resolved.is_relative_to(FRONT) else ""


def test_nothing_names_a_registry_or_this_machine():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    tracked = listed.stdout.split("\n")
    registries = re.compile(r"(pypi|pythonhosted|npmjs|yarnpkg|debian)\.(org|com|net)")
    named = []
    for name in filter(None, tracked):
        path = ROOT / name
        if path.suffix in (".png", ".woff2", ".svg", ".ico") or not path.is_file() or path == __file__:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if registries.search(text) and name != "tests/architecture/test_shape.py":
            named.append(name)
    assert named == []
