"""Texts and questions of the search: what is a word, what a person asks for, what of it is shown. No database.

Everything that is compared goes through `plain`: composed, lower case, ё as е, and of signs only letters and digits.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

LONGEST_QUESTION, MOST_TERMS = 200, 8
# Of a card's texts as much is searched as somebody could have written by hand.
LONGEST_PART = 60_000
_LONGEST_WORD = 60
_TAIL = 10
# So many figures a mask's counter has at most.
_WIDEST_COUNTER = 9
_PHONE = re.compile(r"(?<![\w+])\+?\d(?:[ \-().\u00a0]{0,3}\d){9,11}(?!\w)")
_DIGITS = re.compile(r"\d+")
_RUN = re.compile(r"[^\W_]+")
# A word as it is shown: a sign that is put on a letter belongs to it.
_SHOWN_RUN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_PIECE = re.compile(
    r"(?P<minus>(?<!\S)[-−–](?=[^\s\-−–]))?"
    r'(?:[«"“„](?P<said>[^«»"“”„]*)(?:[»"”“]|$)|(?P<one>[^\s«»"“”„]+))'
)

# The stemmer cuts these as if they were verbs, and other forms of the same nouns otherwise: «материал», «материала» but
# «материалу», «печать» but «печати», «экран» but «экраном».
_CUT_AS_VERB = re.compile(r"(\w{2,}[ая](?:л(?=[аои]?$)|н(?=[аоы]?$)|т(?=ь$)))[аоиыь]?$")
# A vowel that comes and goes: «участок» but «участка», «палец» but «пальца», «заявка» but «заявок».
_FLEETING = re.compile(r"(\w{2,}[^\Wаеёиоуыэюя])[ое]([кц])$")
# Before words of number and title, and before words of files' names that are not open to everybody.
HEAD_MARK, FILE_MARK = "^", "!"

Lexicon = Mapping[str, list[str]]


@dataclass(frozen=True)
class Term:
    """One thing that is asked for: words one after another; the last of `open` ones may go on; `minus` must not be."""

    words: tuple[str, ...]
    open: bool = False
    minus: bool = False


@dataclass(frozen=True)
class Question:
    """What is asked: terms that must all be met, and the number, when the whole text may be one."""

    terms: tuple[Term, ...] = ()
    number: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(not term.minus for term in self.terms)

    @property
    def has_phrase(self) -> bool:
        return any(len(term.words) > 1 for term in self.terms if not term.minus)

    @property
    def words(self) -> set[str]:
        """All words, also as they may have been begun: what the lexicon is asked for."""
        return {word for term in self.terms for word in term.words}


def plain(text: str) -> str:
    """The text as it is compared, with a space for each other sign."""
    return "".join(sign if is_letter(sign) else " " for sign in _folded(text))


def is_letter(sign: str) -> bool:
    """Whether a sign belongs to a word: a letter or a decimal digit."""
    return sign.isalpha() or sign.isdecimal()


def words_of(text: str) -> list[str]:
    """Words of a text in their order; endless ones are cut."""
    found: list[str] = []
    for run in _RUN.findall(_folded(text)):
        # The expression takes «²» for a digit, too.
        is_word = run.isalpha() or run.isdecimal() or all(is_letter(sign) for sign in run)
        found += [run] if is_word else plain(run).split()
    return [word[:_LONGEST_WORD] for word in found]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower().replace("ё", "е")


def other_stems(word: str) -> list[str]:
    """Stems that other forms of the same noun have, where the stemmer does not bring them together."""
    if found := _CUT_AS_VERB.match(word):
        return [found[1]]
    if found := _FLEETING.match(word):
        soft = "ь" if found[1].endswith("л") else ""
        return [f"{found[1]}{soft}{found[2]}"]
    return []


def indexed(text: str) -> str:
    """What is handed to PostgreSQL: words, stems of their other forms, the last ten digits of telephones."""
    told = words_of(text[:LONGEST_PART])
    others = dict.fromkeys(stem for word in told for stem in other_stems(word))
    return " ".join([*told, *others, *(_last_digits(found) for found in _PHONE.findall(text[:LONGEST_PART]))])


def bounded(texts: Iterable[str], most: int) -> Iterator[str]:
    """Texts as far as there is room for so many signs."""
    for text in texts:
        if most <= 0:
            return
        yield text[:most]
        most -= len(text)


def number_of(text: str) -> str:
    """A card's number without the signs that people leave out: «№ З-15/1» → «з15/1»."""
    return "".join(sign for sign in _folded(text) if is_letter(sign) or sign == "/").strip("/")


def number_marks(number: str) -> list[str]:
    """Under what a card's number is found: whole, from its first digit, its last digits."""
    whole = number_of(number)
    if not (digits := _DIGITS.findall(whole)):
        return [number_mark(whole)] if whole else []
    tail = whole[whole.index(digits[0]) :]
    return [number_mark(mark) for mark in dict.fromkeys((whole, tail, digits[-1]))]


def number_mark(number: str) -> str:
    return f"#{number}"


def asked_marks(text: str) -> list[str]:
    """Marks of the numbers that a text may be a part of; of bare digits also with the zeros that a mask has put before
    them. None when it is no number."""
    number = question_of(text, typing=False).number
    if not number or not number.isdecimal():
        return [number_mark(number)] if number else []
    widths = range(len(number), max(len(number), _WIDEST_COUNTER) + 1)
    return [number_mark(number.zfill(width)) for width in widths]


def kind_mark(code: str) -> str:
    return f"@{code}"


def question_of(text: str, *, typing: bool = True) -> Question:
    """Read what a person has typed; whatever it is, there is an answer, if only the empty one.

    «Quoted words» stand together, a minus takes a word out. `typing`: the last word may go on.
    """
    text = text[:LONGEST_QUESTION]
    if _PHONE.fullmatch(text.strip()):
        return Question((Term((_last_digits(text),)),), number_of(text))
    found = list(_terms(text))[:MOST_TERMS]
    if found and typing and not found[-1].minus and is_letter(text[-1]):
        found[-1] = Term(found[-1].words, open=True)
    return Question(tuple(found), _asked_number(text))


def _terms(text: str) -> Iterator[Term]:
    for piece in _PIECE.finditer(text):
        words = tuple(words_of(piece["said"] if piece["said"] is not None else piece["one"]))
        if words:
            yield Term(words, minus=piece["minus"] is not None)


def _asked_number(text: str) -> str:
    number = number_of(text.strip().lstrip("№#Nn "))
    return number if number and _DIGITS.search(number) and len(words_of(text)) <= 3 else ""


def _last_digits(text: str) -> str:
    return "".join(_DIGITS.findall(text))[-_TAIL:]


# -- how PostgreSQL is asked ---------------------------------------------------------------------------------------


def asked(question: Question, lexicon: Lexicon, *, mark: str = "") -> str:
    """Text of a tsquery of what must be met, empty when nothing must. `mark` stands before each word of it.

    Words that say nothing («и», «для») are passed over, unless nothing else is asked.
    """
    terms = [term for term in question.terms if not term.minus]
    told = [_term(term, lexicon, mark) for term in terms]
    if not any(told) and terms:
        told = [_quoted(mark + word) + (":*" if len(word) > 1 else "") for word in terms[-1].words]
    return " & ".join(f"({one})" for one in told if one)


def unwanted(question: Question, lexicon: Lexicon) -> str:
    """Text of a tsquery of what must not be met, empty when nothing is unwanted."""
    told = [_term(term, lexicon, "") for term in question.terms if term.minus]
    return " | ".join(f"({one})" for one in told if one)


def either(*marks: str) -> str:
    """Text of a tsquery that asks for one of the marks."""
    return " | ".join(_quoted(mark) for mark in marks)


def _term(term: Term, lexicon: Lexicon, mark: str) -> str:
    last = len(term.words) - 1
    met: list[tuple[int, str]] = []
    for place, word in enumerate(term.words):
        if one := _word(word, lexicon[word], mark, begun=term.open and place == last):
            met.append((place, one))
    if not met:
        return ""
    told, (before, _) = met[0][1], met[0]
    for place, one in met[1:]:
        # Marked words have no places in the text, so they only stand together.
        told += f" & {one}" if mark else f" <{place - before}> {one}"
        before = place
    return told


def _word(word: str, stems: Sequence[str], mark: str, *, begun: bool) -> str:
    """A word by its stems and as it is; one that is `begun` may go on."""
    if not stems:
        return ""
    forms = dict.fromkeys([*stems, *other_stems(word)])
    found = [_quoted(mark + form) for form in forms]
    # What begins with one letter or with two digits is nearly everything.
    if begun and len(word) >= (3 if word.isdecimal() else 2):
        found.append(f"{_quoted(mark + word)}:*")
    elif word not in forms:
        found.append(_quoted(mark + word))
    return f"({' | '.join(found)})"


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


# -- what is shown -------------------------------------------------------------------------------------------------
_SHOWN, _BEFORE = 160, 50


@dataclass(frozen=True)
class Piece:
    """A piece of a shown text; `marked` when it is what was asked for."""

    text: str
    marked: bool


class Marker:
    """Finds what was asked for in texts, by the stems of their words."""

    def __init__(self, question: Question, lexicon: Lexicon) -> None:
        """`lexicon` knows the words of the question and of all texts to come."""
        self._lexicon = lexicon
        terms = [term for term in question.terms if not term.minus]
        asked = {word for term in terms for word in term.words if lexicon.get(word)}
        self._asked = asked | {stem for word in asked for stem in [*lexicon[word], *other_stems(word)]}
        self._begun = tuple(term.words[-1] for term in terms if term.open and len(term.words[-1]) > 1)
        self._number = question.number
        self._known: dict[str, bool] = {}

    def pieces(self, text: str) -> list[Piece]:
        """The whole text with what was met in it marked."""
        return _cut(text, list(self._spans(text)))

    def number(self, number: str) -> list[Piece]:
        """A card's number, marked whole when it was asked for."""
        if self._number and number_mark(self._number) in number_marks(number):
            return [Piece(number, True)]
        return self.pieces(number)

    def met(self, text: str) -> int:
        """How many different words that were asked for a text has."""
        return len({_folded(text[start:end]) for start, end in self._spans(text)})

    def fragment(self, text: str) -> list[Piece]:
        """The place of a long text where it was met first; empty when it was not."""
        line = " ".join(text.split())
        spans = list(self._spans(line))
        if not spans:
            return []
        start = max(0, spans[0][0] - _BEFORE)
        if start:
            start = line.find(" ", start, spans[0][0]) + 1 or spans[0][0]
        end = min(len(line), max(start + _SHOWN, spans[0][1]))
        if end < len(line):
            end = max(line.rfind(" ", start, end + 1), spans[0][1])
        inside = [(left - start, right - start) for left, right in spans if right <= end]
        pieces = _cut(line[start:end], inside)
        before = [Piece("…", False)] if start else []
        return [*before, *pieces, *([Piece("…", False)] if end < len(line) else [])]

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        for run in _SHOWN_RUN.finditer(text):
            if self._is_met(run[0]):
                yield run.span()

    def _is_met(self, run: str) -> bool:
        if (known := self._known.get(run)) is not None:
            return known
        words = words_of(run)
        stems = [stem for word in words for stem in [*self._lexicon.get(word, []), *other_stems(word)]]
        met = not self._asked.isdisjoint([*words, *stems]) or any(word.startswith(self._begun) for word in words)
        self._known[run] = met
        return met


def shown_words(texts: Iterable[str], known: Collection[str] = ()) -> set[str]:
    """Words of texts whose stems the marker needs."""
    return {word for text in texts for word in words_of(text)} - set(known)


def _cut(text: str, spans: list[tuple[int, int]]) -> list[Piece]:
    pieces: list[Piece] = []
    place = 0
    for start, end in spans:
        pieces += [Piece(text[place:start], False)] if start > place else []
        pieces.append(Piece(text[start:end], True))
        place = end
    return [*pieces, *([Piece(text[place:], False)] if place < len(text) else [])]
