"""A template read or filled in by a process of its own: `python -m core.templates.work <look|check|fill>`.

Both ways go through stdin and stdout as one frame: the length of a JSON head, the head, bytes. The template was packed
by strangers: this process has little memory and time, no environment, and can call nobody while it reads it.
"""

import base64
import ctypes
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from core.apart import confine
from core.language.cases import warm_up

from .frames import DOCX, HTML, PDF, TOO_LARGE, XLSX, framed, unframed
from .rules import docx, markup, xlsx
from .rules.check import lines_of, marks_told
from .rules.docx import Picture
from .rules.paper import Paper, paper_of
from .rules.papers import book_paper, page_paper
from .rules.values import Scope, TemplateError, scope_of

MEMORY, SECONDS = 1200 * 1024 * 1024, 30
_PAGE = Path(__file__).resolve().parent / "pages" / "page.typ"
_NEW_NETWORK, _NEW_USERS = 0x40000000, 0x10000000
_SHUT = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "webbrowser.", "urllib.")
_TEXTS = {DOCX: docx.texts_of, XLSX: xlsx.texts_of, HTML: markup.texts_of}


def main(what: str) -> None:
    """Do what is asked and tell the result, or the refusal."""
    # Each thread of the layout would ask for room of its own, as many as the machine has processors.
    os.environ["RAYON_NUM_THREADS"] = "2"
    head, content = unframed(sys.stdin.buffer.read())
    if head.get("declines"):
        warm_up()
    confine(memory=MEMORY, seconds=SECONDS)
    shut_doors()
    try:
        answer = _DEEDS[what](head, content)
    except TemplateError as refusal:
        answer = framed({"refusal": refusal.sentence, "where": refusal.where})
    except (MemoryError, RecursionError):
        answer = framed({"refusal": TOO_LARGE, "where": ""})
    sys.stdout.buffer.write(answer)


def shut_doors() -> None:
    """From here on nobody is called and nothing is started; where the system allows it there is no network at all."""
    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    # Without the right to do so the process stays where it is: the hook below holds in any case.
    if unshare is not None and unshare(_NEW_NETWORK) != 0:
        unshare(_NEW_USERS | _NEW_NETWORK)
    sys.addaudithook(_refuse_doors)


def _look(head: Mapping[str, Any], content: bytes) -> bytes:
    return framed({"marks": marks_told(_TEXTS[head["form"]](content))})


def _check(head: Mapping[str, Any], content: bytes) -> bytes:
    texts = _TEXTS[head["form"]](content)
    return framed({"lines": lines_of(texts, scope_of(head["scope"]))})


def filled(head: Mapping[str, Any], content: bytes) -> bytes:
    """The document that a template makes of values, and its page where that is wanted."""
    form, scope = head["form"], scope_of(head["scope"])
    pictures = {
        name: Picture(base64.b64decode(one["png"]), one["width_mm"]) for name, one in head.get("pictures", {}).items()
    }
    made = _made(form, content, scope, pictures)
    if head["wanted"] != PDF:
        return framed({}, made)
    paper = {DOCX: paper_of, XLSX: book_paper, HTML: page_paper}[form](made)
    return framed({}, page(paper, made_at=head["made_at"]))


def page(paper: Paper, *, made_at: int) -> bytes:
    """The paper as PDF. TemplateError where a picture in it cannot be read."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        main_file = root / "page.typ"
        shutil.copyfile(_PAGE, main_file)
        for name, picture in paper.pictures.items():
            (root / name).write_bytes(picture)
        try:
            return typst.compile(
                main_file,
                root=root,
                ignore_system_fonts=True,
                sys_inputs={"told": json.dumps(paper.plain(), ensure_ascii=False)},
                timestamp=made_at,
            )
        except RuntimeError as broken:
            sys.stderr.write(str(broken)[:1000])
            raise TemplateError(
                "Документ не раскладывается на страницы: проверьте изображения и таблицы в нём"
            ) from broken


def _made(form: str, content: bytes, scope: Scope, pictures: Mapping[str, Picture]) -> bytes:
    if form == DOCX:
        return docx.fill_docx(content, scope, pictures)
    return xlsx.fill_xlsx(content, scope) if form == XLSX else markup.fill_html(content, scope)


def _refuse_doors(event: str, args: Any) -> None:
    if event.startswith(_SHUT):
        raise PermissionError(f"{event} is shut here")


_DEEDS = {"look": _look, "check": _check, "fill": filled}

if __name__ == "__main__":
    main(sys.argv[1])
