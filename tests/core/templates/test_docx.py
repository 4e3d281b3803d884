"""Word files filled in and laid out, read back by libraries that had no part in it."""

import io
import time
from datetime import date
from decimal import Decimal

import pytest
import segno
from docx import Document
from docx.shared import Pt

from core.templates.frames import framed, unframed
from core.templates.rules.docx import Picture, fill_docx, texts_of
from core.templates.rules.paper import paper_of
from core.templates.rules.values import Sort, TemplateError, Told
from core.templates.work import page

from .samples import DOCUMENT, pages, part, pdf_words, read, saved, scope, with_part, word, words

pytestmark = pytest.mark.row("D-07")


def test_a_place_that_word_has_split_over_runs_is_found_and_keeps_its_looks():
    made = Document()
    paragraph = made.add_paragraph("Договор с ")
    for piece, is_bold in (("{", True), ("{ контр", True), ("агент", False), (" }", False), ("} сегодня", False)):
        paragraph.add_run(piece).bold = is_bold
    filled = read(fill_docx(saved(made), scope(), {}))
    assert filled.paragraphs[0].text == "Договор с ООО «Ромашка» сегодня"
    bold = "".join(run.text for run in filled.paragraphs[0].runs if run.bold)
    assert bold == "ООО «Ромашка»", "what is put in takes the looks of its first sign"


def test_headers_footers_tables_and_tables_in_cells_are_filled_in():
    made = Document()
    made.sections[0].header.paragraphs[0].text = "{{ контрагент }}"
    made.sections[0].footer.paragraphs[0].text = "от {{ день }}"
    cell = made.add_table(rows=1, cols=1).cell(0, 0)
    cell.add_table(rows=1, cols=1).cell(0, 0).text = "{{ сумма | прописью }}"
    filled = read(fill_docx(saved(made), scope(), {}))
    assert filled.sections[0].header.paragraphs[0].text == "ООО «Ромашка»"
    assert filled.sections[0].footer.paragraphs[0].text == "от 23.11.2026"
    assert filled.tables[0].cell(0, 0).tables[0].cell(0, 0).text.startswith("Сто двадцать три тысячи")


def test_a_row_with_columns_of_a_list_comes_once_for_each_line():
    rows = (
        ("№", "Товар", "Цена"),
        ("{{ строки.№ }}", "{{ строки.товар }}", "{{ строки.цена }}"),
        ("", "Итого", "{{ сумма }}"),
    )
    filled = words(fill_docx(word(rows=rows), scope(), {}))
    assert filled[-12:] == [
        "№", "Товар", "Цена", "1", "Насос К-80", "1\u00a0500,50", "2", "Клапан", "99,90", "", "Итого",
        "123\u00a0000,00",
    ]  # fmt: skip


def test_paragraphs_between_marks_are_kept_repeated_or_left_out():
    content = word(
        "{{ если [сумма] > 1000000 }}", "крупная", "{{ иначе }}", "обычная", "{{ конец }}",
        "{{ для строки }}", "{{ строки.товар }}", "{{ если [строки.кол] > 5 }}", "много", "{{ конец }}", "{{ конец }}",
        "дальше",
    )  # fmt: skip
    assert words(fill_docx(content, scope(), {})) == ["обычная", "Насос К-80", "Клапан", "много", "дальше"]


def test_a_list_without_lines_leaves_no_row():
    empty = scope()
    empty = type(empty)(empty.values, {"строки": ()}, empty.columns, today=empty.today)
    rows = (("Товар", "Цена"), ("{{ строки.товар }}", "{{ строки.цена }}"))
    assert words(fill_docx(word(rows=rows), empty, {})) == ["Товар", "Цена"]


def test_line_breaks_of_a_value_stay_and_what_xml_cannot_hold_is_left_out():
    told = scope(контрагент=Told(Sort.TEXT, "Первая\nвторая\x00\x0b & <b>\ue001"))
    assert words(fill_docx(word("{{ контрагент }}"), told, {})) == ["Первая\nвторая & <b>"]


def test_a_code_stands_as_a_picture_in_its_place():
    png = io.BytesIO()
    segno.make("https://romashka.example/documents/15").save(png, kind="png", scale=4)
    filled = fill_docx(word("Откройте: {{ qr }} с телефона"), scope(), {"qr": Picture(png.getvalue(), 26)})
    found = read(filled)
    assert len(found.inline_shapes) == 1 and found.inline_shapes[0].width.mm == pytest.approx(26, abs=0.1)
    assert found.paragraphs[0].text == "Откройте:  с телефона"
    assert paper_of(filled).pictures


def test_what_is_wrong_is_told_with_its_place():
    with pytest.raises(TemplateError) as refusal:
        fill_docx(word("Абзац", "Цена {{ суммма }} рублей"), scope(), {})
    assert refusal.value.where.startswith("Цена") and "«сумма»" in refusal.value.sentence
    with pytest.raises(TemplateError, match="не закрыто"):
        fill_docx(word("{{ если срочно }}", "х"), scope(), {})


def test_the_text_layer_of_the_pdf_says_what_the_word_file_says():
    made = Document()
    made.styles["Normal"].font.size = Pt(11)
    made.add_heading("Договор поставки", level=1)
    made.add_paragraph("Поставщик {{ контрагент }} в лице {{ директор | родительный }}.")
    made.add_paragraph("Первый пункт", style="List Number")
    made.add_paragraph("Второй пункт", style="List Number")
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Товар", "Цена"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ строки.товар }}", "{{ строки.цена }}"
    filled = fill_docx(saved(made), scope(), {})
    told = pdf_words(page(paper_of(filled), made_at=0))
    for text in words(filled):
        assert " ".join(text.split()) in told.replace("\u00a0", " "), text
    assert told.index("1. Первый") < told.index("2. Второй")


def test_a_page_break_and_joined_cells_stand():
    made = Document()
    made.add_paragraph("Первая")
    made.add_page_break()
    table = made.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Шире"
    table.cell(0, 2).merge(table.cell(1, 2)).text = "Выше"
    content = page(paper_of(saved(made)), made_at=0)
    assert pages(content) == 2 and "Шире Выше" in pdf_words(content)


def test_a_contract_of_thirty_pages_is_filled_in_and_laid_out_in_seconds():
    made = Document()
    text = (
        "Поставщик {{ контрагент }} обязуется передать товар до {{ день | дата словами }} на {{ сумма | прописью }}. "
    )
    for number in range(1, 421):
        made.add_paragraph(f"{number}. {text * 2}")
    made.add_table(rows=1, cols=3)
    begun = time.monotonic()
    filled = fill_docx(saved(made), scope(), {})
    content = page(paper_of(filled), made_at=0)
    spent = time.monotonic() - begun
    assert 30 <= pages(content) <= 60
    assert "{{" not in pdf_words(content)
    assert spent < 20, f"{spent:.1f} s"
    print(f"\n{pages(content)} pages in {spent:.2f} s")


def test_equal_values_give_equal_bytes():
    content = word("{{ контрагент }}")
    assert fill_docx(content, scope(), {}) == fill_docx(content, scope(), {})
    filled = fill_docx(content, scope(), {})
    assert page(paper_of(filled), made_at=1) == page(paper_of(filled), made_at=1)


def test_marks_are_found_wherever_they_stand():
    made = Document()
    made.sections[0].footer.paragraphs[0].text = "{{ день }}"
    made.add_paragraph("{{ сумма }}")
    assert [text for text in texts_of(saved(made)) if "{{" in text] == ["{{ сумма }}", "{{ день }}"]


def test_frames_go_there_and_back():
    assert unframed(framed({"а": 1}, b"\x00\xff")) == ({"а": 1}, b"\x00\xff")
    assert date.fromisoformat(Told(Sort.DAY, date(2026, 1, 2)).plain()["value"]).day == 2
    assert Told(Sort.MONEY, Decimal("1.10")).plain()["value"] == "1.10"
    assert part(word("х"), DOCUMENT) and with_part(word("х"), "a.xml", b"<a/>")
