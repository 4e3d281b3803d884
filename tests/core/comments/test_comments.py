"""Words on a card: who may say, change and take them back, and in which order they are read."""

import pytest

from core.comments.models import Comment

pytestmark = pytest.mark.row("T-17", "T-19")


@pytest.fixture
def task(company, person):
    """(path of the task's comments, initiator, assignee, stranger)."""
    initiator, assignee, stranger = person(company), person(company), person(company)
    answer = initiator.client.post("tasks/", {"title": "Договор с поставщиком", "assignee": assignee.id})
    return f"tasks/{answer.json()['id']}/comments/", initiator, assignee, stranger


def say(client, path, text="Готово"):
    answer = client.post(path, {"text": text})
    assert answer.status_code == 201, answer.json()
    return answer.json()


def test_both_sides_talk(task):
    path, initiator, assignee, _ = task
    first = say(assignee.client, path, "Когда\nнужно?")
    say(initiator.client, path, "Завтра")
    assert (first["text"], first["html"], first["is_mine"]) == ("Когда\nнужно?", "Когда<br>нужно?", True)
    seen = initiator.client.get(path).json()
    assert [(row["text"], row["author"]["id"], row["is_mine"]) for row in seen["results"]] == [
        ("Когда\nнужно?", assignee.id, False),
        ("Завтра", initiator.id, True),
    ]
    assert seen["next"] is None


def test_pages_lead_from_the_newest_to_older_ones(task):
    path, initiator, *_ = task
    for number in range(7):
        say(initiator.client, path, str(number))
    pages, cursor = [], {}
    while True:
        page = initiator.client.get(path, limit=3, **cursor).json()
        pages.append([row["text"] for row in page["results"]])
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert pages == [["4", "5", "6"], ["1", "2", "3"], ["0"]]


@pytest.mark.parametrize("params", [{"cursor": "forged"}, {"cursor": "x:y"}, {"limit": "0"}, {"limit": "100000"}])
def test_a_wrong_page_is_refused(task, params):
    assert task[1].client.get(task[0], **params).status_code == 422


@pytest.mark.parametrize(
    "text", ["", "   \n\t", "а" * 10_001, "\u202e\x01 ", "\u200b\u200d\n\u2060\ufeff", None, ["a"]]
)
def test_a_text_that_says_nothing_or_too_much_is_refused(task, text):
    answer = task[1].client.post(task[0], {"text": text})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/text"]


def test_a_character_that_no_database_keeps_is_refused(task):
    assert task[1].client.post(task[0], {"text": "NUL \0"}).status_code == 400


def test_ten_thousand_characters_are_kept_whole(task):
    assert len(say(task[1].client, task[0], "а" * 10_000)["text"]) == 10_000


def test_the_author_corrects_his_words(task):
    path, initiator, assignee, _ = task
    said = say(initiator.client, path, "Завтра")
    assert assignee.client.patch(f"comments/{said['id']}/", {"text": "Никогда"}).status_code == 403
    answer = initiator.client.patch(f"comments/{said['id']}/", {"text": "Послезавтра"})
    assert (answer.status_code, answer.json()["text"]) == (200, "Послезавтра")
    assert answer.json()["edited_at"] is not None
    assert assignee.client.get(path).json()["results"][0]["text"] == "Послезавтра"


def test_the_same_words_are_no_correction(task):
    said = say(task[1].client, task[0], "Завтра")
    assert task[1].client.patch(f"comments/{said['id']}/", {"text": " Завтра "}).json()["edited_at"] is None


def test_the_author_takes_his_words_back(task, company, inside, owner):
    path, initiator, assignee, _ = task
    said = say(initiator.client, path, "Секрет")
    assert assignee.client.delete(f"comments/{said['id']}/").status_code == 403
    assert owner.client.delete(f"comments/{said['id']}/").status_code == 403
    assert initiator.client.delete(f"comments/{said['id']}/").status_code == 204
    assert initiator.client.get(path).json()["results"] == []
    assert initiator.client.delete(f"comments/{said['id']}/").status_code == 404
    assert initiator.client.patch(f"comments/{said['id']}/", {"text": "x"}).status_code == 404
    with inside(company):
        assert Comment.objects.get(pk=said["id"]).text == ""


def test_a_card_that_is_not_seen_is_silent(task, other_owner):
    path, initiator, _, stranger = task
    said = say(initiator.client, path)
    for client in (stranger.client, other_owner.client):
        assert client.get(path).status_code == 404
        assert client.post(path, {"text": "x"}).status_code == 404
        assert client.patch(f"comments/{said['id']}/", {"text": "x"}).status_code == 404
        assert client.delete(f"comments/{said['id']}/").status_code == 404


def test_who_lost_the_card_cannot_change_his_own_words(task):
    path, initiator, _, stranger = task
    card = path.removesuffix("comments/")
    initiator.client.put(f"{card}watchers/", {"watchers": [stranger.id]})
    said = say(stranger.client, path)
    initiator.client.put(f"{card}watchers/", {"watchers": []})
    assert stranger.client.patch(f"comments/{said['id']}/", {"text": "x"}).status_code == 404
    assert stranger.client.delete(f"comments/{said['id']}/").status_code == 404


def test_nobody_signed_in_says_nothing(task, company, api):
    assert api(company).get(task[0]).status_code == 401
    assert api(company).post(task[0], {"text": "x"}).status_code == 401


def test_a_repeated_request_says_it_once(task):
    for _ in range(2):
        assert task[1].client.post(task[0], {"text": "Раз"}, Idempotency_Key="same").status_code == 201
    assert len(task[1].client.get(task[0]).json()["results"]) == 1


def test_the_list_of_cards_counts_words(task):
    path, initiator, *_ = task
    said = say(initiator.client, path)
    say(initiator.client, path)
    initiator.client.delete(f"comments/{said['id']}/")
    assert initiator.client.get("tasks/", tab="all").json()["results"][0]["comments_count"] == 1


def test_many_comments_of_many_people_cost_as_much_as_one(task, company, person, statements):
    path, initiator, *_ = task
    say(initiator.client, path)
    with statements() as few:
        initiator.client.get(path)
    card = path.removesuffix("comments/")
    others = [person(company) for _ in range(4)]
    initiator.client.put(f"{card}watchers/", {"watchers": [other.id for other in others]})
    for other in others:
        say(other.client, path, f"@[{initiator.id}]")
    with statements() as many:
        assert len(initiator.client.get(path).json()["results"]) == 5
    assert len(many) == len(few)
