"""A line of words read for whoever writes it: his colleagues, his zone, the cards that he may see."""

import pytest


def read(who, text, ignore=()):
    answer = who.client.post("tasks/parse/", {"text": text, "ignore": list(ignore)})
    assert answer.status_code == 200, answer.json()
    return answer.json()


def pieces(found):
    return {piece["kind"]: piece for piece in found["pieces"]}


@pytest.mark.row("T-01")
def test_a_line_names_person_date_priority_and_card(give, cast):
    card = give("Смета")
    text = f"Петрову завтра в 10 подготовить КП @ООО Ромашка #{card['number'][2:]} !!"
    found = read(cast.initiator, text)
    told = pieces(found)
    assert found["title"] == "Подготовить КП @ООО Ромашка"
    assert [who["id"] for who in told["person"]["people"]] == [cast.assignee.id]
    assert told["card"]["card"]["ref"] == card["ref"]
    assert (told["priority"]["priority"], told["due"]["text"]) == ("urgent", "завтра в 10")
    assert told["due"]["due_at"].endswith("T07:00:00Z"), "ten o'clock in Moscow"


def test_what_the_reader_may_not_see_stays_words(give, cast):
    card = give("Секрет", is_private=True)
    text = f"Петрову сделать #{card['number'][2:]} и #999999"
    assert "card" in pieces(read(cast.initiator, text))
    found = read(cast.stranger, text)
    assert set(pieces(found)) == {"person"} and found["title"].endswith("и #999999")
    assert f"#{card['number'][2:]}" in found["title"]


def test_namesakes_stay_words_until_one_is_chosen(company, person, cast):
    person(company, name="Петров Сергей")
    found = read(cast.initiator, "Петрову сделать")
    assert len(pieces(found)["person"]["people"]) == 2
    assert found["title"] == "Петрову сделать"


def test_a_piece_that_was_taken_back_is_words(cast):
    assert read(cast.initiator, "Петрову завтра сделать", ["Петрову"])["title"] == "Петрову сделать"
    assert read(cast.initiator, "")["pieces"] == []
    assert cast.initiator.client.post("tasks/parse/", {"text": "я" * 1001}).status_code == 422


def test_reading_takes_as_many_statements_however_many_people(company, person, cast, statements):
    def asked():
        with statements() as seen:
            read(cast.initiator, "Петрову и Соколовой завтра сделать #1 #2 #3")
        return len(seen)

    asked()
    before = asked()
    for number in range(5):
        person(company, name=f"Петров Номер{number}")
    assert asked() == before <= 14
