"""What a text becomes on the page: words, links and names, and nothing that runs."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.comments.rules import excerpt_of, html_of, plain_of

pytestmark = pytest.mark.row("SE-07", "T-17")
NAMES = {7: "Иванов И. <И>."}
_OURS = r'<br>|</a>|<a href="https?://[^"<>]*" rel="noopener noreferrer nofollow">|<span class="mention">|</span>'
_TAG = re.compile(_OURS, re.IGNORECASE)


class Reader(HTMLParser):
    """Collects what a browser would take for tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, tuple(attrs)))


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><a href="javascript:alert(1)">x</a>',
    "javascript:alert(1)",
    'https://x.ru/"onmouseover=alert(1)//',
    "https://x.ru/'><script>1</script>",
    "data:text/html,<script>1</script>",
    "<a href='https://evil'>x</a>",
    "<<b>script>1<</b>/script>",
    "&lt;script&gt;",
    "@[7]<script>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=1>",
    "\u2028<script>\u2029",
    "https://x.ru/<b>",
    'HTTPS://X.RU/?a=1&b=<i>&c="',
    "<!--><script>1</script>-->",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_no_attack_survives(text):
    html = html_of(text, NAMES)
    assert "<" not in _TAG.sub("", html), html


@given(st.lists(st.sampled_from([*ATTACKS, "a", " ", "\n", "@[7]", "https://я.рф/", ")", "&", "'", '"']), max_size=8))
def test_no_mixture_survives(parts):
    html = html_of("".join(parts), NAMES)
    assert "<" not in _TAG.sub("", html), html
    reader = Reader()
    reader.feed(html)
    for tag, attributes in reader.seen:
        assert tag in ("a", "br", "span")
        assert {name for name, _ in attributes} <= {"href", "rel", "class"}
        assert all(value.lower().startswith(("http://", "https://")) for name, value in attributes if name == "href")


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.just("\n"), max_size=300))
def test_words_are_shown_as_they_were_typed(text):
    class Words(HTMLParser):
        heard = ""

        def handle_data(self, data):
            self.heard += data

        def handle_starttag(self, tag, attrs):
            self.heard += "\n" if tag == "br" else ""

    words = Words(convert_charrefs=True)
    words.feed(html_of(text, {}))
    words.close()
    assert words.heard == text


@pytest.mark.parametrize(
    "text,link,after",
    [
        ("см. https://ya.ru.", "https://ya.ru", "."),
        ("(https://ya.ru/a?b=1&c=2)", "https://ya.ru/a?b=1&amp;c=2", ")"),
        ("https://ru.wikipedia.org/wiki/Task_(x)", "https://ru.wikipedia.org/wiki/Task_(x)", ""),
        ("http://localhost:8000/tasks/1, да", "http://localhost:8000/tasks/1", ", да"),
        ("«https://ya.ru»", "https://ya.ru", "»"),
    ],
)
def test_addresses_become_links(text, link, after):
    html = html_of(text, {})
    assert f'<a href="{link}" rel="noopener noreferrer nofollow">{link}</a>{after}' in html


def test_names_take_the_place_of_mentions():
    assert plain_of("@[7] и @[8]", NAMES) == "@Иванов И. <И>. и @[8]"
    assert html_of("@[7] и @[8]", NAMES) == '<span class="mention">@Иванов И. &lt;И&gt;.</span> и @[8]'


def test_an_excerpt_is_one_short_line():
    assert excerpt_of("раз\n\nдва") == "раз два"
    assert len(excerpt_of("слово " * 100)) <= 141 and excerpt_of("слово " * 100).endswith("слово…")
    assert len(excerpt_of("а" * 1000)) <= 141
