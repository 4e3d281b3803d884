"""A card told in one line: «Иванову до пятницы 18:00 подготовить КП #152 !важно». Words that mean nothing special stay
in the title; none is ever lost."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from .moments import find_due
from .surnames import folded, is_dative_of, is_form_of, may_be_genitive

LONGEST = 1000
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_INITIALS = re.compile(r"\s+[^\W\d_]\.(?:\s?[^\W\d_]\.)?(?!\w)")
_AND = re.compile(r"(?:\s*,\s*(?:и\s+)?|\s+и\s+)")
_PRIORITY = re.compile(
    r"(?<!\S)(?:(?P<urgent>!!|!срочн(?:о|ая|ый|ое))|(?P<important>!(?:важн(?:о|ая|ый|ое))?))(?!\S)", re.I
)
# Said without a sign it is the last word: «Собрать стенд, срочно!».
_URGENTLY = re.compile(r"(?:(?P<before>[^\W\d_]+)|[^\w\s])\s+(?P<word>срочно)[.!]*\s*$", re.I)
_ABOUT_URGENCY = frozenset({"не", "если", "как", "это", "так", "очень", "насколько", "или", "что", "когда", "и"})
_NUMBER = re.compile(r"(?<!\S)#(?P<number>(?:[^\W\d_]{1,6}-)?\d{1,12})(?![\w-])")
# Where the one who has to do it is named besides the beginning of the line.
_NAMED = re.compile(r"(?<!\S)@(?=[^\W\d_])")
_SELF = frozenset({"мне", "себе"})
# Inside quotation marks people are named by others.
_QUOTED = re.compile(r"[«„“\"][^«»„“”\"]*(?:[»“”\"]|$)")
# Whoever stands behind these is spoken of: «для Иванову» is nobody's work, «к Иванову» is where one goes.
_PREPOSITIONS = frozenset(
    "к ко по для от у с со о об обо при на в во за из до про без через над под перед между благодаря согласно".split()
)
# Whom one writes, calls or gives to is no performer either.
_ADDRESSING = re.compile(
    r"\b(?:по|пере)?(?:звон|напи[сш]|пи(?:сать|ши)|отправ|перед|сказ|скаж|напомн|помо[чг]|ответ|верн|отда|высл|вышл|"
    r"показ|покаж|сообщ|выда|достав|плат|заплат|оплат|перев[её]?[сд]|перечисл|предлож|предостав|подар|куп|заказ|закаж|"
    r"оформ|выпи[сш]|привез|привёз|принес|нес|вруч|направ|да(?:ть|й)|дозвон|объясн|рассказ|доложи|поруч|созвон|"
    r"отказ|начисл|продл|разреш|открыть|установ|настро)[а-яё]*",
    re.I,
)
_INFINITIVE = re.compile(r"[\s:,—–-]*[^\W\d_]+(?:ть|ти|чь|ться|тись|чься)\b", re.I)
# What may stand between the beginning and the name.
_GAP = re.compile(r"[\s:,]*")


@dataclass(frozen=True)
class Colleague:
    """Somebody who may be named; `id` is whatever the caller knows him by."""

    id: int
    last: str
    first: str


@dataclass(frozen=True)
class Span:
    """A piece of the line that was understood: its place, and what it says."""

    kind: str
    start: int
    end: int
    people: tuple[int, ...] = ()
    moment: datetime | None = None
    value: str = ""


@dataclass(frozen=True)
class Line:
    """`title` is the text without the spans, which stand in their order."""

    title: str
    spans: tuple[Span, ...] = field(default=())


def read_line(text: str, *, now: datetime, colleagues: Sequence[Colleague], me: int, but: Collection[str] = ()) -> Line:
    """What one line says; pieces in `but` are words and nothing else.

    Kinds of spans: `person` (several `people` when the name does not tell them apart), `helper` (whoever is named
    beside the first), `due`, `priority` (`important` or `urgent`), `number` (of a card, to be looked up by the caller).
    """
    spans: list[Span] = []
    ignored = {_plain(piece) for piece in but}

    def add(found: Iterable[Span]) -> None:
        for span in found:
            taken = any(span.start < other.end and other.start < span.end for other in spans)
            if not taken and _plain(text[span.start : span.end]) not in ignored:
                spans.append(span)

    add(_priorities(text))
    add(_numbers(text))
    add(_due(text, now, spans, ignored))
    add(_people(text, spans, colleagues, me))
    spans.sort(key=lambda span: span.start)
    return Line(left_of(text, spans), tuple(spans))


def names_in(text: str) -> list[str]:
    """Beginnings of words by which whoever is named may be looked for, three letters each."""
    words = [match.group() for match in _WORD.finditer(text)]
    return list(dict.fromkeys(folded(word)[:3] for word in words if len(word) > 1))[:60]


def _priorities(text: str) -> list[Span]:
    match = _PRIORITY.search(text)
    if match is None:
        last = _URGENTLY.search(text)
        is_told = last is not None and (last["before"] or "").lower() not in _ABOUT_URGENCY
        return [Span("priority", last.start("word"), last.end(), value="urgent")] if last and is_told else []
    return [Span("priority", *match.span(), value="urgent" if match["urgent"] else "important")]


def _numbers(text: str) -> list[Span]:
    return [Span("number", *match.span(), value=match["number"]) for match in _NUMBER.finditer(text)][:10]


def _due(text: str, now: datetime, taken: Sequence[Span], ignored: Collection[str]) -> list[Span]:
    """The first moment; one that the person has taken back hides none that stands behind it."""
    hidden = _masked(text, taken)
    while (due := find_due(hidden, now)) is not None:
        if _plain(text[due.start : due.end]) not in ignored:
            return [Span("due", due.start, due.end, moment=due.moment)]
        hidden = hidden[: due.start] + "\0" * (due.end - due.start) + hidden[due.end :]
    return []


def _people(text: str, taken: Sequence[Span], colleagues: Sequence[Colleague], me: int) -> list[Span]:
    """Whoever stands at the beginning or behind «@», and those who are named right after him."""
    hidden = _masked(text, taken)
    beginning = _GAP.match(hidden.replace("\0", " "))
    starts = [beginning.end() if beginning else 0, *(match.start() for match in _NAMED.finditer(hidden))]
    for start in starts:
        found = _person(hidden, start, colleagues, me)
        if found is None:
            continue
        spans = [found]
        while (joint := _AND.match(hidden, spans[-1].end)) and (more := _person(hidden, joint.end(), colleagues, me)):
            # The word between two people goes with them.
            spans.append(Span("helper", joint.start(), more.end, people=more.people))
        return spans
    return _unmistakable(hidden, colleagues)


def _unmistakable(text: str, colleagues: Sequence[Colleague]) -> list[Span]:
    """Whoever is given the work in the middle of a line: a dative that is one colleague's and nobody else's."""
    open_text = _QUOTED.sub(lambda quoted: "\0" * len(quoted.group()), text)
    former = ""
    for word in _WORD.finditer(open_text):
        before, former = former, folded(word.group())
        if not word.group()[0].isupper() or before in _PREPOSITIONS:
            continue
        alike = [one for one in colleagues if is_form_of(word.group(), one.last)]
        if len(alike) != 1 or not is_dative_of(word.group(), alike[0].last):
            continue
        if may_be_genitive(word.group()) and not _INFINITIVE.match(open_text, word.end()):
            continue
        if not _ADDRESSING.search(open_text, 0, word.start()):
            return [Span("person", *word.span(), people=(alike[0].id,))]
    return []


def _person(text: str, start: int, colleagues: Sequence[Colleague], me: int) -> Span | None:
    at = start + text.startswith("@", start)
    word = _WORD.match(text, at)
    if word is None:
        return None
    if folded(word.group()) in _SELF:
        return Span("person", start, word.end(), people=(me,))
    second = _WORD.match(text, word.end() + 1) if text[word.end() : word.end() + 1] == " " else None
    by_last = [one for one in colleagues if is_form_of(word.group(), one.last)]
    if second is not None:
        both = [one for one in by_last if is_form_of(second.group(), one.first)]
        both += [
            one for one in colleagues if is_form_of(word.group(), one.first) and is_form_of(second.group(), one.last)
        ]
        if both:
            return Span("person", start, second.end(), people=tuple(one.id for one in both))
    if not by_last:
        return None
    initials = _INITIALS.match(text, word.end())
    if initials is None:
        return Span("person", start, word.end(), people=tuple(one.id for one in by_last))
    letter = folded(initials.group().strip()[0])
    narrowed = [one for one in by_last if folded(one.first[:1]) == letter] or by_last
    return Span("person", start, initials.end(), people=tuple(one.id for one in narrowed))


def _masked(text: str, spans: Iterable[Span]) -> str:
    """The text with what is taken already made unreadable, every sign in its place."""
    for span in spans:
        text = text[: span.start] + "\0" * (span.end - span.start) + text[span.end :]
    return text


def left_of(text: str, spans: Sequence[Span]) -> str:
    """The title: what is left of a text without these pieces of it, which stand in their order."""
    pieces, at = [], 0
    for span in spans:
        pieces.append(text[at : span.start])
        at = span.end
    left = " ".join(" ".join([*pieces, text[at:]]).split())
    # Signs that stood between a name, a date and the matter have nothing to divide any more.
    return left.strip(" ,;:") if spans else left


def titled(text: str, spans: Sequence[Span]) -> str:
    """The same as people write titles: with a capital, also when a name stood before it. «iPhone» stays what it is."""
    title = left_of(text, spans)
    first = title.split(" ", 1)[0]
    return title[:1].upper() + title[1:] if first.islower() else title


def _plain(piece: str) -> str:
    return " ".join(piece.lower().split())
