"""Who watches a colleague's card hears of what changes there, as far as he may read it."""

import pytest

pytestmark = pytest.mark.row("T-18")
CHANGED = "organization.followed"


@pytest.fixture
def scene(company, person, owner):
    """(the card's path, a follower, the person himself)."""
    whose, curious = person(company, name="Петров Пётр"), person(company)
    card = f"employees/{whose.id}/"
    assert curious.client.post(f"{card}watchers/").status_code == 200
    return card, curious, whose


def heard(who):
    rows = who.client.get("notices/").json()["results"]
    return [one for one in rows if one["kind"] == CHANGED]


def change(owner, card, **given):
    answer = owner.client.patch(card, given)
    assert answer.status_code == 200, answer.json()


def test_he_hears_of_place_phone_and_day_in_words(scene, owner, deliver):
    card, curious, whose = scene
    places = [owner.client.post("positions/", {"title": title}).json()["id"] for title in ("Инженер", "Мастер")]
    shop = owner.client.post("departments/", {"title": "Цех"}).json()["id"]
    change(owner, card, position=places[0])
    change(owner, card, position=places[1], department=shop, phone="8 912 345-67-89", hired_on="2026-02-01")
    deliver()
    last, first = heard(curious)
    assert first["text"].split("\n")[1:] == ["Должность: не указано → Инженер"]
    assert set(last["text"].split("\n")[1:]) == {
        "Должность: Инженер → Мастер", "Отдел: не указано → Цех", "Телефон: не указано → +79123456789",
        "Дата приёма: не указано → 01.02.2026",
    }  # fmt: skip
    assert last["reason"] == "вы наблюдаете" and last["subject"].endswith("Петров Пётр")
    assert heard(owner) == heard(whose) == [], "neither who did it nor who does not watch"


def test_of_a_field_that_his_role_may_not_read_he_hears_nothing(scene, owner, deliver):
    card, curious, _ = scene
    shut = [{"kind": "organization.employee", "field": "phone", "level": "hidden"}]
    assert owner.client.put("roles/employee/fields/", {"limits": shut}).status_code == 200
    change(owner, card, phone="8 912 345-67-89")
    deliver()
    assert heard(curious) == []
    change(owner, card, phone="8 912 345-67-80", last_name="Сидоров")
    deliver()
    (one,) = heard(curious)
    assert one["text"].split("\n")[1:] == ["Фамилия: Петров → Сидоров"]


def test_he_hears_when_his_colleague_goes_and_comes_back(scene, owner, deliver):
    card, curious, _ = scene
    for deed in ("block", "unblock"):
        assert owner.client.post(f"{card}{deed}/").status_code == 200
        deliver()
    back, gone = heard(curious)
    assert "закрывает" in gone["text"] and "снова" in back["text"]


def test_who_has_taken_himself_off_hears_no_more(scene, owner, deliver):
    card, curious, _ = scene
    assert curious.client.delete(f"{card}watchers/").status_code == 204
    change(owner, card, phone="8 912 345-67-89")
    deliver()
    assert heard(curious) == []


def test_it_can_be_turned_off_and_on_in_the_matrix(scene, owner, deliver):
    card, curious, _ = scene
    told = curious.client.patch("notices/settings/", {"choices": {CHANGED: {"bell": False}}})
    assert told.status_code == 200, told.json()
    change(owner, card, phone="8 912 345-67-89")
    deliver()
    assert heard(curious) == []
