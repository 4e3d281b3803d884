"""Every declared option can be understood, has a default that its own kind takes, and is read by somebody."""

import re
import sys

import pytest

from core.options.kinds import LONGEST_TEXT, Choice, Several, WrongValue
from core.registry import registry
from tests.architecture.sources import product_files

OPTIONS = list(registry.options().values())
# The column holds so much; an address of a wrong value must not be cut in a refusal.
_LONGEST_CODE = 40


def test_some_are_declared_by_modules_and_by_mechanisms():
    owners = {what.code.partition(".")[0] for what in OPTIONS}
    assert owners & set(registry.modules) and owners & set(registry.traits)


def test_codes_are_said_once_and_begin_with_their_owner_s():
    declared = [
        (owner.code, what.code) for owner in (*registry.traits.values(), *registry.modules.values())
        for what in owner.options
    ]  # fmt: skip
    codes = [code for _, code in declared]
    assert len(set(codes)) == len(codes)
    assert [code for owner, code in declared if not re.fullmatch(rf"{owner}\.[a-z_]+", code)] == []
    assert [code for code in codes if len(code) > _LONGEST_CODE] == []


@pytest.mark.parametrize("what", OPTIONS, ids=lambda what: what.code)
def test_people_can_read_what_it_is(what):
    for text in (what.title, what.hint):
        assert text.strip() == text and text[0].isupper() and not text.endswith("."), text
        assert len(text) <= 160
    assert what.group or what.code.partition(".")[0] in registry.modules, "in the common section a heading is needed"
    assert what.permission.code in registry.permissions()


@pytest.mark.parametrize("what", OPTIONS, ids=lambda what: what.code)
def test_its_default_is_a_value_of_its_kind(what):
    kept = what.kind.kept(what.default)
    assert what.kind.read(kept) == what.default
    assert what.of({what.code: kept}) == what.of({}) == what.default
    assert what.kind.told(what.default)


@pytest.mark.parametrize("what", OPTIONS, ids=lambda what: what.code)
def test_nonsense_counts_as_nothing_said(what):
    for nonsense in (object, "x" * (LONGEST_TEXT + 1), {"x": 1}, -1, None, ["нет такого"]):
        raw = "\x00" * 400 if nonsense is object else nonsense
        try:
            what.kind.read(raw)
        except WrongValue:
            assert what.of({what.code: raw}) == what.default
    if isinstance(what.kind, Choice | Several):
        assert len(dict(what.kind.choices)) == len(what.kind.choices) > 1


@pytest.mark.parametrize("what", OPTIONS, ids=lambda what: what.code)
def test_somebody_asks_for_it(what):
    """An option that nothing depends on deceives whoever sets it."""
    names = _names_of(what)
    asked = re.compile(rf"\boption\(({'|'.join(names)})\)")
    assert any(asked.search(path.read_text(encoding="utf-8")) for path in product_files()), names


def _names_of(what):
    """What constants of the house hold the option."""
    ours = [module for name, module in list(sys.modules.items()) if name.startswith(("core.", "modules."))]
    return {name for module in ours for name, value in vars(module).items() if value is what}
