"""Files of an office are looked at without leaving the card, on any screen; a hostile one does nothing."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from playwright.sync_api import FrameLocator, Locator, Page, expect

from . import looks, steps
from .steps import PHONE
from .test_axe import faults

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PAPER = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LINKS = {"rId1": "javascript:parent.wasHere=1", "rId2": "https://example.com/price", "rId3": "/settings"}


def packed(parts: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def contract() -> bytes:
    """A Word document with a table, links of all kinds, foreign markup and a picture that lies elsewhere."""
    links = "".join(f'<w:p><w:hyperlink r:id="{key}"><w:r><w:t>{key}</w:t></w:r></w:hyperlink></w:p>' for key in _LINKS)
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Щебень</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    words = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Договор поставки щебня</w:t></w:r></w:p>"
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="900" w:right="800" w:left="1700"/>'
    body = f'{words}{table}{links}<w:altChunk r:id="rId4"/>{page}</w:sectPr>'
    related = "".join(
        f'<Relationship Id="{key}" Type="{_R}/hyperlink" Target="{target}" TargetMode="External"/>'
        for key, target in _LINKS.items()
    )
    chunk = f'<Relationship Id="rId4" Type="{_R}/aFChunk" Target="chunk.html"/>'
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="html" ContentType="text/html"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_PAPER}.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_RELS}">'
            f'<Relationship Id="r" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELS}">{related}{chunk}</Relationships>',
            "word/chunk.html": "<script>parent.parent.wasHere = 1</script><p>Чужое</p>",
        }
    )


def estimate() -> bytes:
    """A workbook of two sheets, the first of which is longer than one page of the preview."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet("Смета")
    for row in range(450):
        sheet.write_row(row, 0, [f"Работа {row + 1}", row * 1.5, "м³", *[f"Этап {stage}" for stage in range(9)]])
    book.add_worksheet("Итоги").write(0, 0, "Всего")
    book.close()
    return held.getvalue()


def invoice() -> bytes:
    """A PDF of one page."""
    stream = b"BT /F1 24 Tf 72 720 Td (Invoice 5) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + head + table + tail


FILES = {
    "Счёт.pdf": invoice(),
    "Договор.docx": contract(),
    "Смета.xlsx": estimate(),
    "Заметка.txt": "Привезти щебень к пятнице".encode("cp1251"),
    "Показ.pptx": packed({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}),
}


def open_file(page: Page, name: str) -> Locator:
    """Press the file's line; the viewer over the page."""
    steps.card(page).get_by_role("region", name="Файлы").get_by_role("link", name=name).click()
    viewer = page.get_by_test_id("viewer")
    expect(viewer).to_contain_text(name)
    return viewer


def close(page: Page) -> None:
    page.get_by_test_id("viewer-close").click()
    expect(page.get_by_test_id("viewer")).to_have_count(0)


def pages(viewer: Locator) -> FrameLocator:
    return viewer.frame_locator("[data-testid=viewer-document]")


def with_files(page: Page, office: steps.Office, title: str) -> dict:
    task = office.task(title)
    steps.visit_card(page, office, task)
    for number, (name, content) in enumerate(FILES.items(), 1):
        page.get_by_test_id("file-input").set_input_files({"name": name, "mimeType": "", "buffer": content})
        lines = steps.card(page).get_by_role("region", name="Файлы").get_by_test_id("file")
        expect(lines.get_by_role("link")).to_have_count(number)
    return task


@pytest.mark.journey
@pytest.mark.row("T-17")
def test_files_of_an_office_are_looked_at_on_a_desk(office: steps.Office, person_at: Callable[..., Page]) -> None:
    owner = person_at(office.owner)
    with_files(owner, office, "Посмотреть бумаги")

    viewer = open_file(owner, "Смета.xlsx")
    table = viewer.get_by_test_id("viewer-table")
    expect(table.get_by_role("cell", name="Работа 1", exact=True)).to_be_visible()
    looks.picture(owner, "preview-table")
    assert faults(owner) == [], "a table"
    last = table.get_by_role("cell", name="Работа 450", exact=True)
    for _ in range(60):
        table.evaluate("box => box.scrollBy(0, 2000)")
        owner.wait_for_timeout(50)
        if last.count():
            break
    expect(last).to_be_visible()
    expect(table.get_by_role("columnheader", name="A", exact=True)).to_be_in_viewport()
    viewer.get_by_test_id("sheet-tab").filter(has_text="Итоги").click()
    expect(table.get_by_role("cell", name="Всего")).to_be_visible()
    close(owner)

    viewer = open_file(owner, "Договор.docx")
    paper = pages(viewer)
    expect(paper.get_by_text("Договор поставки щебня")).to_be_visible()
    looks.picture(owner, "preview-document")
    assert faults(owner) == [], "a document"
    assert paper.locator("iframe, script").count() == 0
    assert paper.get_by_text("rId1").get_attribute("href") is None
    assert paper.get_by_text("rId3").get_attribute("href") is None
    good = paper.locator("a", has_text="rId2")
    assert (good.get_attribute("href"), good.get_attribute("target")) == (_LINKS["rId2"], "_blank")
    paper.get_by_text("rId1").click()
    assert owner.evaluate("window.wasHere") is None
    close(owner)

    viewer = open_file(owner, "Заметка.txt")
    expect(viewer.get_by_test_id("viewer-text")).to_have_text("Привезти щебень к пятнице")
    close(owner)
    with owner.expect_response(lambda answer: "/content/?show=true" in answer.url) as asked:
        viewer = open_file(owner, "Счёт.pdf")
    assert asked.value.status == 302
    expect(viewer.get_by_title("Счёт.pdf")).to_be_visible()
    close(owner)
    viewer = open_file(owner, "Показ.pptx")
    expect(viewer.get_by_test_id("viewer-other")).to_contain_text("Просмотр этого вида файлов не поддержан")
    looks.picture(owner, "preview-none")
    assert steps.downloaded(owner, viewer.get_by_role("link", name="Скачать, ").click) == FILES["Показ.pptx"]


@pytest.mark.journey
@pytest.mark.row("T-17", "PL-10")
def test_files_of_an_office_are_looked_at_on_a_telephone(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task = with_files(person_at(office.owner), office, "Бумаги с телефона")
    phone = person_at(office.colleague, **PHONE)
    steps.visit_card(phone, office, task)

    viewer = open_file(phone, "Смета.xlsx")
    expect(viewer.get_by_role("cell", name="Работа 1", exact=True)).to_be_visible()
    steps.expect_no_sideways_scroll(phone, "a table")
    looks.picture(phone, "preview-table-phone")
    close(phone)

    viewer = open_file(phone, "Договор.docx")
    paper = pages(viewer)
    expect(paper.get_by_text("Договор поставки щебня")).to_be_visible()
    steps.expect_no_sideways_scroll(phone, "a document")
    assert paper.locator("html").evaluate("page => page.scrollWidth <= page.clientWidth + 1")
    looks.picture(phone, "preview-document-phone")
    close(phone)

    viewer = open_file(phone, "Счёт.pdf")
    apart = viewer.get_by_role("link", name="Открыть отдельно")
    expect(apart).to_have_attribute("href", re.compile(r"/content/\?show=true$"))
    looks.picture(phone, "preview-pdf-phone")
    close(phone)

    viewer = open_file(phone, "Заметка.txt")
    expect(viewer.get_by_test_id("viewer-text")).to_be_visible()
    steps.expect_no_sideways_scroll(phone, "a text")
    close(phone)
