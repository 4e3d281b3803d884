"""What of formatted text is kept."""

from html.parser import HTMLParser

import pytest

from core import richtext

NAMES = {7: "Петров П. П."}
PICTURE = "/api/v1/attachments/12/content/"


def kept(text: str) -> str:
    return richtext.kept(text, NAMES)


class Live(HTMLParser):
    """Finds whatever a browser would run or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style", "iframe", "svg", "math", "object", "embed", "form", "base", "link", "meta"):
            self.faults.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "id", "class"):
                self.faults.append(name)
            if name in ("src", "href") and not (value or "").startswith(("http", "/api/v1/attachments/", "mailto:")):
                self.faults.append(f"{name}={value}")


ATTACKS = [
    "<p>а</p><script>alert(1)</script>",
    "<p><img src=x onerror=alert(1)></p>",
    '<p onclick="alert(1)" style="position:fixed" id="root" class="x">а</p>',
    '<p><a href="javascript:alert(1)">а</a></p>',
    '<p><a href=" java\tscript:alert(1)">а</a></p>',
    '<p><a href="data:text/html,<script>alert(1)</script>">а</a></p>',
    '<p><a href="//zlo.example/">а</a></p>',
    '<p><img src="data:image/svg+xml;base64,PHN2Zz4="></p>',
    '<p><img src="https://zlo.example/pixel.png"></p>',
    '<p><img src="/api/v1/attachments/1/content/../../../auth/sign-out/"></p>',
    "<p><svg onload=alert(1)><script>alert(1)</script></svg></p>",
    '<p><math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;"></p>',
    "<p><svg><p><style><!--</style><img src=x onerror=alert(1)>--></p>",
    '<p><iframe srcdoc="<script>alert(1)</script>"></iframe></p>',
    "<p><scr<script>ipt>alert(1)</scr</script>ipt></p>",
    "<ul><li><b><i><a href='jAvAsCrIpT:alert(1)'><img/src/onerror=alert(1)></a></i></b></li></ul>",
    '<p><span data-mention="7" onmouseover="alert(1)"><img src=x onerror=alert(1)></span></p>',
    '<p><span data-mention="7&quot; onmouseover=&quot;alert(1)">а</span></p>',
]  # fmt: skip


@pytest.mark.row("T-02")
@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_is_kept(attack: str) -> None:
    text = kept(attack)
    live = Live()
    live.feed(text)
    live.feed(richtext.html_of(text))
    assert live.faults == []
    assert kept(text) == text, "cleaning the clean changes nothing"


def test_attacks_are_seen_by_the_finder() -> None:
    """The finder itself: uncleaned, each attack but the harmless spellings is found."""
    live = Live()
    for attack in ATTACKS:
        live.feed(attack)
    assert len(live.faults) > 15


@pytest.mark.row("T-02")
def test_marks_of_the_editor_stay() -> None:
    text = (
        "<h2>План</h2><p>Слово <strong>жирно</strong>, <em>косо</em>, <s>зря</s>, <code>код</code><br>дальше</p>"
        "<ul><li><p>раз</p></li></ul><ol><li><p>два</p></li></ol><blockquote><p>цитата</p></blockquote>"
        f'<pre><code>a &lt; b\n  c</code></pre><hr><p><img src="{PICTURE}" alt="Схема.png"></p>'
    )
    assert kept(text) == text
    assert kept("<h1>А</h1><p><b>б</b><del>в</del></p>") == "<h2>А</h2><p><strong>б</strong><s>в</s></p>"
    link = kept('<p><a href="https://pult.example/?a=1&amp;b=2" target="_self">сюда</a></p>')
    assert 'href="https://pult.example/?a=1&amp;b=2"' in link and "noopener" in link and "target" not in link


def test_plain_text_stays_to_the_letter() -> None:
    for text in (
        "",
        " а <b>б</b> & <script>в</script>\n\n  г",
        "vector<int> <p>не начало</p>",
        "<img src=x onerror=y>",
    ):
        assert kept(text) == text
        assert richtext.plain_of(text) == text
    assert richtext.html_of("а <b>\nб & в") == "<p>а &lt;b&gt;<br>б &amp; в</p>"
    assert richtext.html_of(" \n ") == ""


def test_a_mention_says_the_real_name_and_only_of_those_there_are() -> None:
    text = kept('<p><span data-mention="7">@<b>Директор</b></span> и <span data-mention="8">@Никто</span></p>')
    assert text == '<p><span data-mention="7">@Петров П. П.</span> и @Никто</p>'
    assert richtext.mentioned_ids(text) == [7]
    assert richtext.mentioned_ids('просто <span data-mention="7">') == []


def test_words_without_marks() -> None:
    text = "<h2>План</h2><p>а <strong>б</strong><br>в</p><ul><li><p>раз &lt;1&gt;</p></li><li><p>два</p></li></ul>"
    assert richtext.plain_of(text) == "План\nа б\nв\n— раз <1>\n— два"
    assert kept("<p> </p><p></p>") == ""


@pytest.mark.parametrize(
    "text",
    [
        "х" * 50_001,
        f"<p>{'х' * 50_001}</p>",
        "<p>" + "<b>х</b>" * 5_000,
        "<blockquote>" * 50 + "х",
        "<p>" + "".join(f'<span data-mention="{number}">а</span>' for number in range(1, 60)),
    ],
)
def test_too_much_is_refused(text: str) -> None:
    with pytest.raises(richtext.NotKept):
        richtext.check(text)


def test_pictures_are_shown_from_copies() -> None:
    text = '<p><img src="/api/v1/attachments/7/content/"> и <img src="/api/v1/attachments/71/content/"></p>'
    moved = text.replace("/7/", "/9/")
    assert richtext.with_pictures(text, {7: 9}) == moved
    assert richtext.with_pictures(text, {}) == text
    plain = "см. /api/v1/attachments/7/content/"
    assert richtext.with_pictures(plain, {7: 9}) == plain
