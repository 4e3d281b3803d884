"""What a file is called and what it is: names cleaned, disguises seen through, honest files let pass. No store."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.attachments.rules.contents import PIXELS, is_infected, refusal_of_picture, refusal_of_zip
from core.attachments.rules.names import LONGEST, clean_name, is_program
from core.attachments.rules.types import HEAD, INLINE, declared_type, judge, real_type
from core.storage import disposition
from tests.core.attachments import samples

pytestmark = pytest.mark.row("PL-06", "SE-07")


@pytest.mark.parametrize(
    "given_name,kept",
    [
        ("Договор № 5 (подписан).pdf", "Договор № 5 (подписан).pdf"),
        ("../../x", "x"),
        ("..\\..\\windows\\x.txt", "x.txt"),
        ("/etc/passwd", "passwd"),
        ("C:\\Отчёт.xlsx", "Отчёт.xlsx"),
        ("a\0b.txt", "ab.txt"),
        ("счёт\u202egpj.exe", "счётgpj.exe"),
        ("два\r\nслова.txt", "два слова.txt"),
        ("  .hidden. ", "hidden"),
        ('что?<>|*:".txt', "что_______.txt"),
        ("CON.txt", "_CON.txt"),
        ("", "файл"),
        ("../", "файл"),
        ("...", "файл"),
        ("\u200b\u200b", "файл"),
        ("и\u0306.txt", "й.txt"),
        ("a" * 300 + ".docx", "a" * 250 + ".docx"),
        ("a" * 257, "a" * 255),
        ("👍.png", "👍.png"),
    ],
)
def test_names_are_made_harmless_and_stay_readable(given_name, kept):
    assert clean_name(given_name) == kept


@given(st.text(max_size=600))
def test_no_name_leads_out_of_its_folder(text):
    name = clean_name(text)
    assert 0 < len(name) <= LONGEST
    assert not set(name) & set('/\\\0\r\n<>:"|?*') and name not in (".", "..") and not name.startswith(".")
    assert clean_name(name) == name


@given(st.text(min_size=1, max_size=255))
def test_a_header_with_a_name_is_one_line_of_ascii(name):
    header = disposition(clean_name(name), inline=False)
    assert header.isascii() and header.isprintable() and header.count('"') == 2


@pytest.mark.parametrize(
    "name", ["a.exe", "отчёт.pdf.exe", "a.EXE", "x.hta", "y.lnk", clean_name("a.exe. "), clean_name("a.exe\u202e")]
)
def test_programs_are_known_by_their_ending(name):
    assert is_program(name)


@pytest.mark.parametrize(
    "told,kept",
    [
        ("image/png", "image/png"),
        ("Text/Plain; charset=utf-8", "text/plain"),
        ("", "application/octet-stream"),
        ("text/html\r\nX: y", "application/octet-stream"),
        ("../x", "application/octet-stream"),
        ("a/" + "b" * 200, "application/octet-stream"),
        ("multipart/form-data; boundary=x", "application/octet-stream"),
        ("Multipart/Mixed", "application/octet-stream"),
        ("message/rfc822", "application/octet-stream"),
    ],
)
def test_a_declared_type_is_a_type(told, kept):
    assert declared_type(told) == kept


@pytest.mark.parametrize(
    "name,declared,content",
    [
        ("photo.png", "image/png", samples.HTML),
        ("photo.png", "image/png", samples.SVG),
        ("photo.jpg", "image/jpeg", b"GIF"),
        ("photo", "image/png", samples.HTML),
        ("photo.bin", "image/svg+xml".replace("svg+xml", "gif"), samples.SVG),
        ("scan.pdf", "application/pdf", samples.HTML),
        ("scan.pdf", "application/pdf", samples.EXE),
        ("scan", "application/pdf", samples.HTML),
        ("a.docx", "", samples.HTML),
        ("a.docx", "", samples.PDF),
        ("a.zip", "", samples.EXE),
        ("a.txt", "text/plain", samples.png()),
        ("a.txt", "text/plain", samples.EXE),
        ("a.html", "text/html", samples.PDF),
        ("a.svg", "image/svg+xml", samples.png()),
        ("a.dat", "", samples.EXE),
        ("program", "", b"\x7fELF\x02\x01\x01" + b"\0" * 60),
        ("a.mp4", "video/mp4", samples.HTML),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name, declared, content):
    assert judge(name, declared, content[:HEAD]).refusal


@pytest.mark.parametrize(
    "name,declared,content,served",
    [
        ("photo.png", "image/png", samples.png(), "image/png"),
        ("photo.jpg", "image/jpeg", samples.png(), "image/png"),
        ("anim.gif", "image/gif", samples.gif(tail=samples.HTML), "image/gif"),
        ("p.webp", "image/webp", samples.webp(), "image/webp"),
        ("p.heic", "image/heic", b"\0\0\0\x18ftypheic" + b"\0" * 20, "image/heic"),
        ("scan.pdf", "application/pdf", samples.PDF, "application/pdf"),
        ("a.docx", "", samples.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.doc", "application/msword", samples.OLE, "application/msword"),
        ("выписка.xls", "application/vnd.ms-excel", samples.HTML, "application/octet-stream"),
        ("a.csv", "application/vnd.ms-excel", "имя;сумма\n".encode("cp1251"), "text/plain"),
        ("a.txt", "text/plain", "Привет".encode("utf-16"), "text/plain"),
        ("a.html", "text/html", samples.HTML, "application/octet-stream"),
        ("a.svg", "image/svg+xml", samples.SVG, "application/octet-stream"),
        ("a.xml", "text/xml", b"<?xml version='1.0'?><a/>", "application/octet-stream"),
        ("a.txt", "text/plain", samples.HTML, "application/octet-stream"),
        ("чертёж.cdw", "", b"KF\0\1" * 10, "application/octet-stream"),
        ("base.1cd", "application/octet-stream", b"1CDBMSV8" + b"\0" * 20, "application/octet-stream"),
        ("без окончания", "", b"\1\2\3", "application/octet-stream"),
        ("v.mp4", "video/mp4", b"\0\0\0\x18ftypisom" + b"\0" * 20, "video/mp4"),
    ],
)
def test_an_honest_file_passes_with_a_type_of_ours(name, declared, content, served):
    verdict = judge(name, declared, content[:HEAD])
    assert (verdict.refusal, verdict.served) == ("", served)


@pytest.mark.parametrize(
    "content",
    [
        samples.HTML,
        samples.SVG,
        b"\xef\xbb\xbf  " + samples.HTML,
        samples.HTML.decode().encode("utf-16"),
        b"<?xml version='1.0'?><x/>",
        b"hello <iframe src=x>",
        samples.PDF,
        b"\1\2",
    ],
)
def test_nothing_that_a_browser_could_run_is_given_inline(content):
    verdict = judge("x", "", content)
    assert verdict.served not in INLINE and "html" not in verdict.served and "svg" not in verdict.served


@given(st.binary(max_size=600))
def test_any_bytes_get_a_verdict(content):
    assert real_type(content)
    assert judge("x.docx", "image/png", content).served


@pytest.mark.parametrize(
    "name,content,sentence",
    [
        ("a.docx", samples.xlsx(), "не похоже на файл .docx"),
        ("a.xlsx", samples.docx(), "не похоже на файл .xlsx"),
        ("a.docx", samples.packed({"x": b"1"}), "не похоже на файл .docx"),
        ("a.odt", samples.docx(), "не похоже на файл .odt"),
        ("a.docx", samples.docx(**{"word/vbaProject.bin": b"1"}), "макросы"),
        ("a.docx", samples.crowd(10_001), "слишком много"),
        ("a.zip", samples.packed({"../../etc/passwd": b"1"}), "опасными именами"),
        ("a.zip", samples.packed({"/etc/passwd": b"1"}), "опасными именами"),
        ("a.zip", samples.packed({"a\\..\\..\\b": b"1"}), "опасными именами"),
        ("a.zip", samples.with_link(), "ссылки"),
        ("a.zip", samples.packed({"eicar.com": samples.EICAR}), "вирус"),
        ("a.docx", samples.docx()[:60], "повреждён"),
        ("a.zip", b"PK\x03\x04" + b"\0" * 500, "повреждён"),
        ("a.zip", samples.lying_end(4_000_000_000), "слишком много"),
        ("a.zip", samples.lying_end(1000), "повреждён"),
    ],
)
def test_dangerous_archives_are_refused(name, content, sentence):
    assert sentence in refusal_of_zip(io.BytesIO(content), name, len(content))


def test_a_document_that_unpacks_a_thousand_times_is_refused():
    content = samples.bomb()
    assert len(content) < 300_000
    assert "распаковывается" in refusal_of_zip(io.BytesIO(content), "a.docx", len(content))


@pytest.mark.parametrize(
    "name,content",
    [
        ("a.docx", samples.docx()),
        ("a.docm", samples.docx(**{"word/vbaProject.bin": b"1"})),
        ("a.xlsx", samples.xlsx()),
        ("a.odt", samples.odt()),
        ("a.zip", samples.packed({"папка/файл.txt": b"1" * 100})),
        ("a.zip", samples.packed({})),
    ],
)
def test_honest_archives_pass(name, content):
    assert refusal_of_zip(io.BytesIO(content), name, len(content)) == ""


@given(st.binary(max_size=400))
def test_any_archive_gets_an_answer(tail):
    content = b"PK\x03\x04" + tail + b"PK\x05\x06" + tail[:18].ljust(18, b"\0")
    assert refusal_of_zip(io.BytesIO(content), "a.zip", len(content)) is not None


@pytest.mark.parametrize("make,real", [(samples.png, "png"), (samples.gif, "gif"), (samples.webp, "webp")])
def test_a_picture_with_a_flood_of_pixels_is_refused(make, real):
    side = 16_000 if real == "webp" else 60_000
    for width, height, fine in ((640, 480, True), (side, side, False), (PIXELS // 10_000, 10_000, True)):
        if real == "webp" and width > 16_384:
            continue
        content = make(width, height)
        refusal = refusal_of_picture(io.BytesIO(content), real, content[:HEAD])
        assert (refusal == "") is fine, (width, height, refusal)


@pytest.mark.parametrize(
    "content,real",
    [
        (samples.png()[:20], "png"),
        (b"GIF89a", "gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"II*\0\0\0\0\0", "tiff"),
    ],
)
def test_a_broken_picture_is_refused(content, real):
    assert "повреждена" in refusal_of_picture(io.BytesIO(content), real, content)


def test_the_virus_scanners_test_string_is_refused_and_a_text_about_it_is_not():
    assert is_infected(samples.EICAR) and is_infected(samples.EICAR + b"\r\n")
    assert not is_infected(b"The string is " + samples.EICAR)
