"""Files that strangers have packed: each is refused with a sentence, none harms more than its own process."""

import io
import zipfile

import pytest

from core.apart import apart
from core.errors import Unavailable
from core.templates.errors import NotAPicture, TemplateRefused
from core.templates.frames import MOST_BYTES, framed, unframed
from core.templates.making import Order, form_of, make, marks_in
from core.templates.picture import redrawn
from core.templates.rules.values import Sort, Told

from .samples import DOCUMENT, part, with_part, word

pytestmark = pytest.mark.row("D-07")
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ха">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + ']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&j;</w:body></w:document>'
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
RELS = "word/_rels/document.xml.rels"


def refused(content: bytes, form: str = "docx") -> str:
    with pytest.raises(TemplateRefused) as refusal:
        marks_in(content, form)
    return refusal.value.detail


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return made.getvalue()


def related(kind: str, target: str) -> bytes:
    tie = (
        f'<Relationship Id="rIdX" TargetMode="External" Target="{target}" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    return with_part(word("х"), RELS, part(word("х"), RELS).replace("</Relationships>", tie))


def body_with(inner: str) -> bytes:
    return with_part(word("х"), DOCUMENT, part(word("х"), DOCUMENT).replace("<w:body>", f"<w:body>{inner}"))


def test_a_zip_bomb_is_refused():
    assert "слишком большой" in refused(with_part(word("х"), "word/media/a.png", b"\0" * 70_000_000))
    many = {f"word/{number}.xml": b"<a/>" for number in range(1500)}
    assert "слишком большой" in refused(zipped(**many))


def test_a_size_that_lies_is_counted_as_it_comes():
    content = bytearray(with_part(word("х"), "word/media/a.png", b"\0" * 40_000_000))
    place = content.rfind(b"word/media/a.png")
    # The header of the list of contents says that the part has ten bytes.
    content[place - 22 : place - 18] = (10).to_bytes(4, "little")
    assert refused(bytes(content))


@pytest.mark.parametrize("body", [BOMB, OUTSIDE + part(word("х"), DOCUMENT).partition("?>")[2]])
def test_entities_are_refused_in_whatever_part(body):
    assert "сущности" in refused(with_part(word("х"), DOCUMENT, body))


def test_macros_are_refused():
    types = part(word("х"), "[Content_Types].xml").replace("document.main+xml", "document.macroEnabled.main+xml")
    assert "макросы" in refused(with_part(word("х"), "[Content_Types].xml", types))
    assert "макросы" in refused(with_part(word("х"), "word/vbaProject.bin", b"x"))
    assert "элементы управления" in refused(with_part(word("х"), "word/activeX/activeX1.xml", b"<a/>"))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "https://evil.example/t.dotm"), ("image", "https://evil.example/pixel.png"),
        ("oleObject", "file:///etc/passwd"), ("hyperlink", "file://server/share"), ("frame", "\\\\server\\share"),
    ],
)  # fmt: skip
def test_ties_to_the_outside_are_refused(kind, target):
    assert "внешнему адресу" in refused(related(kind, target))


def test_an_ordinary_link_is_no_harm():
    assert marks_in(related("hyperlink", "https://romashka.example"), "docx") == []


@pytest.mark.parametrize(
    "code", ["DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe", 'INCLUDETEXT "/etc/passwd"', "INCLUDE&#80;ICTURE x"]
)
def test_fields_that_read_or_run_are_refused(code):
    split = "".join(
        f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (code[:4], code[4:]) if "&" not in code
    )
    split = split or f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    assert "поле, которое читает" in refused(body_with(f"<w:p>{split}</w:p>"))


def test_what_is_no_such_file_is_refused():
    for content in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 100, b"%PDF-1.7", zipped(a=b"x")):
        assert refused(content)
    assert refused(word("х"), "xlsx")
    with pytest.raises(TemplateRefused):
        form_of("договор.docm")


def test_parts_outside_and_twins_are_refused():
    assert "вне его" in refused(with_part(word("х"), "../../etc/cron.d/x", b"x"))
    assert "одним именем" in refused(with_part(word("х"), "Word/Document.xml", b"<a/>"))


def test_too_large_a_file_is_refused_before_anything_reads_it():
    assert "1 МБ" in refused(b"x" * (MOST_BYTES + 1))


def test_a_page_of_html_is_cleaned_of_all_that_acts():
    hostile = (
        "<p onclick='x()'>{{ имя }}</p><script>alert(1)</script><img src=x onerror=y><iframe src='file:///etc'></iframe>"
        '<p style="background:url(https://evil.example)">а</p>'
        "<a href='javascript:x'>б</a><style>@import url(x)</style>"
    )
    order = Order(
        "html", hostile.encode(), [], {"values": {"имя": Told(Sort.TEXT, "<b onclick=x>Б</b>").plain()}}, "html", 0
    )
    made = make(order).content.decode()
    for word_of_harm in ("<script", "onclick=", "onerror=", "iframe", "url(", "javascript", "import"):
        assert word_of_harm not in made.replace("&lt;b onclick=x&gt;", ""), word_of_harm
    assert "&lt;b onclick=x&gt;Б&lt;/b&gt;" in made


def test_the_process_that_reads_templates_can_call_nobody_and_start_nothing():
    told = apart("tests.core.templates.prisoner", content=b"", seconds=20).decode().split("\n")
    assert told == ["PermissionError"] * 3


def test_memory_is_limited_and_the_caller_survives():
    """A list whose every line is a long text, in a loop over itself by three names."""
    line = {"а": {"sort": "text", "value": "х" * 3000}}
    scope = {"values": {}, "lists": {name: {"columns": {"а": "text"}, "rows": [line] * 5000} for name in ("и", "к")}}
    content = word("{{ для и }}{{ для к }}{{ к.а }}{{ конец }}{{ конец }}")
    with pytest.raises(TemplateRefused, match="слишком большой"):
        make(Order("docx", content, [], scope, "docx", 0))


def test_a_signature_is_a_small_png_and_nothing_else():
    for content in (b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"<svg/>", b"x" * 400_000):
        with pytest.raises((ValueError, OSError)):
            redrawn(content)
    assert issubclass(NotAPicture, Exception) and issubclass(Unavailable, Exception)


def test_a_refusal_comes_back_as_one(monkeypatch):
    head, _ = unframed(apart("core.templates.work", "look", content=framed({"form": "docx"}, b"x"), seconds=30))
    assert "повреждён" in head["refusal"]
