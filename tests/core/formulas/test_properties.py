"""Whatever is typed: an answer or a sentence, always the same one, never a fault."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.formulas.checking import check
from core.formulas.errors import FormulaError
from core.formulas.evaluation import evaluate
from core.formulas.functions import FUNCTIONS
from core.formulas.parsing import parse
from core.formulas.printing import printed
from core.formulas.tree import Binary, Call, Constant, Name, Unary
from core.formulas.values import LARGEST, LONGEST, LONGEST_TEXT, Kind

NAMES = {"А": Kind.NUMBER, "Б в": Kind.NUMBER, "Текст": Kind.TEXT, "День": Kind.DAY, "Да ли": Kind.FLAG}
PIECES = [*FUNCTIONS, *(f"[{name}]" for name in NAMES), *"+-*/%=<>();,.[]\"«» ", "и", "или", "не", "да", "1", "0,5",
          "21.11.2026", "<=", "<>", "\n", "ё", "٣", "\x00", "𝟙", "_"]  # fmt: skip
typed = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
numbers = st.decimals(0, 10**17, places=4)
days = st.dates()
held = st.fixed_dictionaries({
    "А": st.none() | st.decimals(-(10**15), 10**15, places=6),
    "Б в": st.none() | st.decimals(-5, 5, places=2),
    "Текст": st.none() | st.text(max_size=300),
    "День": st.none() | days,
    "Да ли": st.none() | st.booleans(),
})  # fmt: skip
constants = st.one_of(numbers, st.text(max_size=20), st.booleans(), days).map(Constant)
leaves = constants | st.sampled_from(list(NAMES)).map(Name)


def _grown(inner):
    signs = ["и", "или", "=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/"]
    return st.one_of(
        st.builds(Unary, st.sampled_from(["-", "не", "%"]), inner),
        st.builds(Binary, st.sampled_from(signs), inner, inner),
        st.builds(Call, st.sampled_from(list(FUNCTIONS)), st.lists(inner, max_size=3).map(tuple)),
    )


trees = st.recursive(leaves, _grown, max_leaves=15)


def outcome(tree, values):
    """(value, sentence) of a tree, whatever it is."""
    try:
        check(tree, NAMES)
        return evaluate(tree, values, today=date(2026, 11, 22)), None
    except FormulaError as wrong:
        return None, (wrong.at, wrong.sentence)


@settings(max_examples=400, deadline=None)
@given(typed, held)
def test_any_text_ends_with_a_value_or_a_sentence(text, values):
    try:
        tree = parse(text)
    except FormulaError as wrong:
        assert wrong.sentence and 0 <= wrong.at <= max(len(text), LONGEST)
        return
    value, said = outcome(tree, values)
    assert (value, said) == outcome(parse(text), values)


@settings(max_examples=400, deadline=None)
@given(trees)
def test_what_is_printed_reads_as_the_same(tree):
    try:
        again = parse(printed(tree))
    except FormulaError as wrong:
        assert any(limit in wrong.sentence for limit in ("глубже", "длин")), wrong.sentence
        return
    assert again == tree
    assert printed(again) == printed(tree)


@settings(max_examples=400, deadline=None)
@given(trees, held)
def test_a_checked_tree_gives_what_it_promised_within_limits(tree, values):
    try:
        promised = check(tree, NAMES).kind
    except FormulaError:
        return
    value, said = outcome(tree, values)
    assert (value, said) == outcome(tree, values)
    if value is None:
        return
    kinds = {bool: Kind.FLAG, Decimal: Kind.NUMBER, str: Kind.TEXT}
    assert kinds.get(type(value), Kind.DAY) == promised
    if isinstance(value, Decimal):
        assert abs(value) < LARGEST and value.is_finite()
    if isinstance(value, str):
        assert len(value) <= LONGEST_TEXT
