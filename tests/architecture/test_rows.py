"""A test says which requirement it proves by a name that the list knows."""

import ast
from collections.abc import Iterator

from tests.rows import ROOT, listed_rows


def named_rows() -> Iterator[tuple[str, str]]:
    """(row, where) of every `pytest.mark.row` in the tests."""
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.row":
                for code in node.args:
                    yield ast.literal_eval(code), f"{path.relative_to(ROOT)}:{node.lineno}"


def test_every_row_that_a_test_names_is_required():
    listed, named = listed_rows(), list(named_rows())
    assert len(named) > 500
    assert [f"{row} in {where}" for row, where in named if row not in listed] == []
