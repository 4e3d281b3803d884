"""Formatted descriptions, the people they name, helpers, and acting from «Мой день»."""

import pytest

from core.events.models import Fact

PICTURE = "/api/v1/attachments/12/content/"


def mention(who, words="@кто-то"):
    return f'<span data-mention="{who.id}">{words}</span>'


def sent(mailbox):
    return sorted((str(letter["To"]), str(letter["Subject"]).split(":")[0]) for letter in mailbox)


@pytest.mark.row("T-02")
def test_formatted_text_is_kept_and_shown(give, cast):
    text = f'<h2>План</h2><ul><li><p><strong>раз</strong></p></li></ul><p><img src="{PICTURE}" alt="Схема"></p>'
    card = give(description=text)
    assert (card["description"], card["description_html"]) == (text, text)
    plain = give(description="а <b>\nб")
    assert (plain["description"], plain["description_html"]) == ("а <b>\nб", "<p>а &lt;b&gt;<br>б</p>")


@pytest.mark.row("T-02")
@pytest.mark.parametrize(
    "attack",
    [
        "<p>а<script>alert(1)</script></p>",
        "<p>а<img src=x onerror=alert(1)></p>",
        '<p>а<a href="javascript:alert(1)">б</a></p>',
        '<p>а<a href="data:text/html,<script>alert(1)</script>">б</a></p>',
        "<p>а<svg onload=alert(1)><script>alert(1)</script></svg></p>",
        "<p>а<svg><p><style><!--</style><img src=x onerror=alert(1)>--></p>",
        "<ul><li>а<b><i><a href='jAvAsCrIpT:alert(1)'><img/src/onerror=alert(1)></a></i></b></li></ul>",
    ],
)
def test_nothing_that_runs_passes_any_door(give, cast, attack):
    card = give(description="Было")
    given = give(description=attack)
    changed = cast.initiator.client.patch(f"tasks/{card['id']}/", {"description": attack}).json()
    for shown in (given, changed, cast.assignee.client.get(f"tasks/{card['id']}/").json()):
        for name in ("description", "description_html"):
            text = shown[name].lower()
            assert "а" in text
            # What is left of these words may only be letters: no mark carries them.
            assert all(trap not in text for trap in ("<script", "<svg", "<img", "onload=", "javascript:", "data:"))
            assert "onerror=" not in text or "&gt;" in text


@pytest.mark.row("T-02")
def test_too_long_or_too_tangled_is_refused_by_field(give, cast):
    for text in (f"<p>{'х' * 50_001}</p>", "<p>" + "<b>х</b>" * 9_000, "<blockquote>" * 60 + "х"):
        answer = cast.initiator.client.post("tasks/", {"title": "А", "assignee": cast.assignee.id, "description": text})
        assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == "/description"
    kept = give(description=f"<p>{'<strong>х</strong>' * 3_000}</p>")
    assert kept["description"].count("<strong>") == 3_000


@pytest.mark.row("T-02")
def test_whoever_is_named_hears_of_it_and_nobody_is_let_in(give, cast, deliver, mailbox):
    text = f"<p>Спросите у {mention(cast.colleague, '@Директор')} и {mention(cast.stranger)}</p>"
    card = give(description=text, watchers=[cast.colleague.id])
    assert f'<span data-mention="{cast.colleague.id}">@Соколова М.</span>' in card["description"]
    deliver()
    told = [(cast.assignee.email, "Новая задача"), (cast.colleague.email, "Вас упомянули в задаче")]
    assert sent(mailbox) == sorted(told)
    body = mailbox[0].get_body(("plain",)).get_content() + mailbox[1].get_body(("plain",)).get_content()
    assert "Спросите у @Соколова М." in body and "<p>" not in body
    assert cast.stranger.client.get(f"tasks/{card['id']}/").status_code == 404

    mailbox.clear()
    again = card["description"].replace("Спросите", "Узнайте")
    cast.initiator.client.patch(f"tasks/{card['id']}/", {"description": again})
    deliver()
    assert sent(mailbox) == [], "nobody is told twice"


def test_the_history_tells_words_without_marks(give, cast, company, inside):
    card = give(description="<p>Было</p>")
    path = f"tasks/{card['id']}/"
    cast.initiator.client.patch(path, {"description": "<p><strong>Стало</strong></p>"})
    cast.initiator.client.patch(path, {"description": "<p><em>Стало</em></p>"})
    cast.initiator.client.patch(path, {"description": "<p><em>Стало</em></p>"})
    with inside(company):
        told = [fact.payload["changes"] for fact in Fact.objects.filter(kind="tasks.changed").order_by("pk")]
    assert told == [
        [{"field": "description", "old": "Было", "new": "Стало", "back": "<p>Было</p>"}],
        [{"field": "description", "old": None, "new": "другое оформление", "back": "<p><strong>Стало</strong></p>"}],
    ]


@pytest.mark.row("T-19")
def test_a_helper_hears_of_it_once_and_gets_his_buttons(give, cast, deliver, mailbox):
    card = give(co_assignees=[cast.colleague.id])
    deliver()
    assert sent(mailbox) == sorted([(cast.assignee.email, "Новая задача"), (cast.colleague.email, "Вы соисполнитель")])
    mailbox.clear()
    path = f"tasks/{card['id']}/co-assignees/"
    both = {"co_assignees": [cast.colleague.id, cast.stranger.id]}
    assert cast.colleague.client.put(path, both).status_code == 403
    assert cast.assignee.client.put(path, both).status_code == 200
    deliver()
    assert sent(mailbox) == [(cast.stranger.email, "Вы соисполнитель")]
    seen = cast.stranger.client.get(f"tasks/{card['id']}/").json()
    assert [one["code"] for one in seen["actions"]] == ["accept", "start"]
    history = cast.stranger.client.get(f"tasks/{card['id']}/history/").json()["results"]
    assert ("Соколова М., Чужов И.") in str(history)


@pytest.mark.row("T-19")
def test_my_day_offers_the_buttons_of_the_card(give, cast, press, statements):
    cards = [give(f"Задача {number}") for number in range(3)]
    press(cast.assignee, cards[0], "start")
    press(cast.assignee, cards[0], "submit")

    def rows(who):
        sections = who.client.get("home/").json()["sections"]
        return {row["id"]: row["actions"] for section in sections for row in section["items"]}

    assert [one["code"] for one in rows(cast.assignee)[cards[1]["id"]]] == ["accept", "start"]
    assert [one["code"] for one in rows(cast.initiator)[cards[0]["id"]]] == ["close", "return", "cancel"]
    for who in (cast.assignee, cast.initiator):
        for card_id, actions in rows(who).items():
            assert actions == who.client.get(f"tasks/{card_id}/").json()["actions"]
    with statements() as few:
        rows(cast.assignee)
    for number in range(6):
        give(f"Ещё {number}")
    with statements() as many:
        rows(cast.assignee)
    assert len(many) == len(few)
