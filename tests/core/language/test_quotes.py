"""Quotation marks inside quotation marks."""

import pytest

from core.language.quotes import quoted


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ромашка", "«Ромашка»"),
        ("ООО «Ромашка»", "«ООО „Ромашка“»"),
        ('ООО "Ромашка"', "«ООО „Ромашка“»"),
        ("ООО „Ромашка“", "«ООО „Ромашка“»"),
        ("ООО “Ромашка”", "«ООО „Ромашка“»"),
        ('АО "Завод "Молот"', "«АО „Завод „Молот““»"),
        ("ООО «Ромашка", "«ООО „Ромашка“»"),
        ("«Ромашка»", "«„Ромашка“»"),
        ('"Ромашка" (Тверь)', "«„Ромашка“ (Тверь)»"),
        ('Группа ("Ромашка")', "«Группа („Ромашка“)»"),
        ("", "«»"),
    ],
)
def test_a_name_keeps_one_pair_of_outer_marks(name, written):
    assert quoted(name) == written
