"""Questions and texts of the search, without a database."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.layout import other_layout
from core.search.rules import (
    Marker,
    Piece,
    asked,
    indexed,
    number_marks,
    number_of,
    other_stems,
    question_of,
    unwanted,
    words_of,
)

TEXT = st.text(max_size=80) | st.text(alphabet="аёЁя zA-15/1№«»\"'&|!():*<>\\\x00 ", max_size=40)
# What a tsquery of ours may be made of: quoted lexemes and operators between them.
QUERY = re.compile(r"(?:'(?:[^'\\]|''|\\\\)+'(?::\*)?|[()&|]|<\d+>|\s)*")


def same(words):
    return {word: [word] for word in words}


@given(TEXT)
def test_every_text_is_a_question(text):
    question = question_of(text)
    lexicon = same(question.words)
    for query in (asked(question, lexicon), asked(question, lexicon, mark="!"), unwanted(question, lexicon)):
        assert QUERY.fullmatch(query) and query.count("(") == query.count(")")
    assert question.is_empty == (asked(question, lexicon) == "")


@given(TEXT)
def test_words_are_of_letters_and_digits_alone(text):
    assert all(word and all(sign.isalpha() or sign.isdecimal() for sign in word) for word in words_of(text))
    assert "ё" not in indexed(text)


@given(TEXT, TEXT)
def test_marked_pieces_make_up_the_text(question, text):
    asked_for = question_of(question)
    marker = Marker(asked_for, same({*asked_for.words, *words_of(text)}))
    assert "".join(piece.text for piece in marker.pieces(text)) == text
    assert all(piece.text for piece in marker.pieces(text))
    assert len("".join(piece.text for piece in marker.fragment(text * 20))) < 400


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("договор поставки ", [(("договор",), False), (("поставки",), False)]),
        ("«акт сверки» -черновик ", [(("акт", "сверки"), False), (("черновик",), True)]),
        ("З-152 ", [(("з", "152"), False)]),
        ("кое-что ", [(("кое", "что"), False)]),
        ("план.pdf ", [(("план", "pdf"), False)]),
        ('"не закрыт', [(("не", "закрыт"), False)]),
        ("№ — !! ", []),
        ("+7 (912) 345-67-89", [(("9123456789",), False)]),
        ("89123456789", [(("9123456789",), False)]),
        ("7707083893", [(("7707083893",), False)]),
    ],
)
def test_what_is_asked(text, terms):
    assert [(term.words, term.minus) for term in question_of(text).terms] == terms


def test_the_last_word_may_go_on_until_a_space():
    assert [term.open for term in question_of("договор по").terms] == [False, True]
    assert [term.open for term in question_of("договор по ").terms] == [False, False]
    assert asked(question_of("сделат"), {"сделат": ["сделат"]}) == "(('сделат' | 'сделат':*))"
    assert asked(question_of("каналу "), {"каналу": ["канал"]}) == "(('канал' | 'каналу'))"


@pytest.mark.parametrize(
    ("word", "noun"),
    [("материал", "материал"), ("материала", "материал"), ("печать", "печат"), ("экраны", "экран"),
     ("материалу", ""), ("договор", ""), ("план", "план"), ("ал", ""),
     ("участок", "участк"), ("палец", "пальц"), ("заявок", "заявк"), ("срок", ""), ("участка", "")],
)  # fmt: skip
def test_nouns_whose_forms_the_stemmer_does_not_bring_together(word, noun):
    assert other_stems(word) == ([noun] if noun else [])


def test_words_that_say_nothing_are_passed_over():
    lexicon = {"для": [], "ромашки": ["ромашк"]}
    assert asked(question_of("для ромашки "), lexicon) == "(('ромашк' | 'ромашки'))"
    assert asked(question_of("для "), lexicon) == "('для':*)"


@pytest.mark.parametrize(
    ("number", "marks"),
    [
        ("З-152", ["#з152", "#152"]),
        ("15/1", ["#15/1", "#1"]),
        ("ВХ-2026/15", ["#вх2026/15", "#2026/15", "#15"]),
        ("", []),
    ],
)
def test_numbers_are_found_whole_and_by_their_digits(number, marks):
    assert number_marks(number) == marks


@pytest.mark.parametrize("text", ["З-152", "з152", "з 152", "№ З-152", "#з-152"])
def test_a_number_may_be_typed_in_many_ways(text):
    assert question_of(text).number == number_of("З-152")


@pytest.mark.parametrize(("typed", "meant"), [("ghbdtn", "привет"), ("cltkfnm", "сделать"), ("Вщс", "Doc"),
                                              ("[bvbz", "химия"), ("152", ""), ("смета pdf", "")])  # fmt: skip
def test_the_other_layout(typed, meant):
    assert other_layout(typed) == meant


def test_a_fragment_shows_the_place():
    question = question_of("насос ")
    text = "Вступление без дела. " * 20 + "Проверить насос второго контура. " + "И ещё слова. " * 20
    marker = Marker(question, same({*question.words, *words_of(text)}))
    pieces = marker.fragment(text)
    assert Piece("насос", True) in pieces and pieces[0] == pieces[-1] == Piece("…", False)
    assert "второго контура" in "".join(piece.text for piece in pieces)
