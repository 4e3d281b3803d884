"""Taking a person out of texts. No database."""

import pytest

from core.privacy.rules import HIDDEN, blanked, pseudonym, without, words_of


@pytest.mark.row("SE-02")
def test_he_is_looked_for_as_the_product_writes_him():
    words = words_of(last="Голубев", first="Глеб", middle="Гаврилович", contacts=("g@a.example", "", "+79990000000"))
    assert {words[0], words[1]} == {"Голубев Глеб Гаврилович", "Глеб Гаврилович Голубев"}
    assert {"Голубев Глеб", "Голубев Г. Г.", "g@a.example", "+79990000000"} <= set(words)
    assert "Голубев" not in words and "" not in words
    assert words == sorted(words, key=lambda word: (-len(word), word))


def test_somebody_with_a_surname_alone_is_looked_for_by_his_contacts():
    assert words_of(last="Ли", first="", middle="", contacts=("li@a.example",)) == ["li@a.example"]


def test_all_of_a_text_is_replaced_the_longest_first():
    words = words_of(last="Голубев", first="Глеб", middle="Гаврилович", contacts=())
    told = {"a": ["Голубев Глеб Гаврилович и Голубев Г. Г."], "b": {"c": "Глеб", "d": 5, "e": None}}
    assert without(told, words, "Сотрудник №7") == {
        "a": ["Сотрудник №7 и Сотрудник №7"], "b": {"c": "Глеб", "d": 5, "e": None}
    }  # fmt: skip


def test_of_his_own_card_no_former_value_stays():
    payload = {
        "ip": "10.0.0.1",
        "changes": [
            {"field": "last_name", "old": "Прежний", "new": "Голубев", "back": "Прежний"},
            {"field": "email", "old": "", "new": "g@a.example"},
            {"field": "department", "old": "Цех", "new": "Склад", "back": 3},
        ],
    }
    assert blanked(payload) == {
        "changes": [
            {"field": "last_name", "old": HIDDEN, "new": HIDDEN},
            {"field": "email", "old": "", "new": HIDDEN},
            {"field": "department", "old": "Цех", "new": "Склад", "back": 3},
        ]
    }
    assert blanked(blanked(payload)) == blanked(payload)


def test_a_pseudonym_tells_nothing():
    assert pseudonym(12) == "Сотрудник №12"
