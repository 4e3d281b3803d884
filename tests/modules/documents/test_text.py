"""The file that is a document's text: its versions while it is a draft, and that it stands as it is afterwards."""

import pytest

from core.attachments.actions import Wish, begin_upload, complete_upload, pass_check, remove
from core.attachments.errors import FileIsSettled
from core.attachments.models import Attachment
from core.context import company_scope
from modules.documents.models import Document

WISH = Wish("Договор.pdf", 5, "application/pdf")


@pytest.fixture
def attach(company, cast):
    """`attach(card, next_of=…)` is a checked file on a card of the author's; its row."""

    def make(card, *, next_of=None, checked=True, checksum="a"):
        with company_scope(company):
            by, document = cast.author.actor(), Document.objects.get(pk=card["id"])
            file = complete_upload(begin_upload(document, WISH, by=by, next_of=next_of), by=by)
            return check(file, checksum) if checked else file

    def check(file, checksum):
        pass_check(file.pk, content_type="application/pdf", checksum=checksum * 64)
        return Attachment.objects.get(pk=file.pk)

    make.check = check
    return make


def name(cast, card, file):
    return cast.author.client.put(f"documents/{card['id']}/text/", {"file": file})


def test_versions_of_the_text_are_told_and_any_file_of_others_is_refused(write, cast, attach):
    card, other = write(), write()
    first, foreign = attach(card), attach(other)
    assert name(cast, card, foreign.pk).json()["type"] == "/problems/foreign-file"
    assert name(cast, card, first.pk).json()["text"] == {"id": first.pk, "name": "Договор.pdf", "version": 1}
    second = attach(card, next_of=first)
    shown = cast.author.client.get(f"documents/{card['id']}/").json()
    assert shown["text"] == {"id": second.pk, "name": "Договор.pdf", "version": 2}


def test_the_text_of_what_was_sent_is_neither_replaced_nor_removed(write, cast, attach, company, press):
    card = write()
    text = attach(card)
    name(cast, card, text.pk)
    beside = attach(card)
    late = attach(card, next_of=text, checked=False)
    press(cast.author, card, "submit")
    registered = press(cast.clerk, card, "register").json()
    assert registered["is_as_registered"] is True
    assert name(cast, card, None).json()["type"] == "/problems/document-is-settled"
    with company_scope(company):
        by, document = cast.author.actor(), Document.objects.get(pk=card["id"])
        with pytest.raises(FileIsSettled):
            begin_upload(document, WISH, by=by, next_of=text)
        with pytest.raises(FileIsSettled):
            remove(text, by=by)
        remove(beside, by=by)
        checked = attach.check(late, "b")
    assert (checked.version, checked.family != text.family) == (1, True), "it stands beside, not in its place"
    shown = cast.author.client.get(f"documents/{card['id']}/").json()
    assert (shown["text"]["id"], shown["is_as_registered"]) == (text.pk, True)


def test_a_copy_begins_with_words_and_files_and_is_as_closed_as_its_source(write, cast, attach):
    card = write(content="Слова", secrecy="confidential", correspondent="АО «Техмаш»")
    name(cast, card, attach(card).pk)
    copy = write("Копия", source=card["id"])
    assert (copy["content"], copy["correspondent"], copy["secrecy"]) == ("Слова", "АО «Техмаш»", "confidential")
    assert copy["text"]["name"] == "Договор.pdf" and copy["text"]["id"] != card["id"] and copy["is_private"]
    assert cast.stranger.client.post("documents/", {"title": "Чужая", "source": card["id"]}).status_code == 422
