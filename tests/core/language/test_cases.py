"""Phrases, posts, organizations and names in cases, by our own dictionaries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language.cases import Case, declined, key_of_phrase
from core.language.fullnames import is_full_name, with_initials

GENITIVE, DATIVE, INSTRUMENTAL = Case.GENITIVE, Case.DATIVE, Case.INSTRUMENTAL
ACCUSATIVE, PREPOSITIONAL = Case.ACCUSATIVE, Case.PREPOSITIONAL


@pytest.mark.parametrize(
    ("phrase", "case", "told"),
    [
        ("генеральный директор", GENITIVE, "генерального директора"),
        ("Генеральный директор", INSTRUMENTAL, "Генеральным директором"),
        ("главный бухгалтер", DATIVE, "главному бухгалтеру"),
        ("начальник отдела закупок", GENITIVE, "начальника отдела закупок"),
        ("заместитель директора по производству", DATIVE, "заместителю директора по производству"),
        ("инженер-технолог", GENITIVE, "инженера-технолога"),
        ("водитель", ACCUSATIVE, "водителя"),
        ("производственный отдел", ACCUSATIVE, "производственный отдел"),
        ("исполняющий обязанности директора", GENITIVE, "исполняющего обязанности директора"),
        ("и.о. директора", GENITIVE, "и.о. директора"),
        ("директор и учредитель", GENITIVE, "директора и учредителя"),
        ("отдел закупок и логистики", GENITIVE, "отдела закупок и логистики"),
        ("доверенность", GENITIVE, "доверенности"),
        ("транспортная компания", INSTRUMENTAL, "транспортной компанией"),
        ("склад готовой продукции", PREPOSITIONAL, "складе готовой продукции"),
        ("медицинская сестра", GENITIVE, "медицинской сестры"),
        ("автомобильные запчасти", DATIVE, "автомобильным запчастям"),
    ],
)
def test_the_head_of_a_phrase_is_declined_and_its_tail_stands(phrase, case, told):
    assert declined(phrase, case) == told


@pytest.mark.parametrize(
    ("name", "case", "told"),
    [
        ("ООО «Ромашка»", GENITIVE, "ООО «Ромашка»"),
        ("АО «Балтика-Сервис»", DATIVE, "АО «Балтика-Сервис»"),
        ("Общество с ограниченной ответственностью «Ромашка»", GENITIVE,
         "Общества с ограниченной ответственностью «Ромашка»"),
        ("Акционерное общество «Техмаш»", INSTRUMENTAL, "Акционерным обществом «Техмаш»"),
        ("ИП Рыбаков Иван Петрович", GENITIVE, "ИП Рыбакова Ивана Петровича"),
        ("Индивидуальный предприниматель Рыбаков Иван Петрович", DATIVE,
         "Индивидуальному предпринимателю Рыбакову Ивану Петровичу"),
    ],
)  # fmt: skip
def test_of_an_organization_its_form_is_declined_and_its_name_is_not(name, case, told):
    assert declined(name, case) == told


@pytest.mark.parametrize(
    ("name", "genitive", "dative"),
    [
        ("Иванов Пётр Сергеевич", "Иванова Петра Сергеевича", "Иванову Петру Сергеевичу"),
        ("Соколова Мария Павловна", "Соколовой Марии Павловны", "Соколовой Марии Павловне"),
        ("Крутько Анна Ильинична", "Крутько Анны Ильиничны", "Крутько Анне Ильиничне"),
        ("Черных Олег Иванович", "Черных Олега Ивановича", "Черных Олегу Ивановичу"),
        ("Резник Борис Львович", "Резника Бориса Львовича", "Резнику Борису Львовичу"),
        ("Резник Дина Львовна", "Резник Дины Львовны", "Резник Дине Львовне"),
        ("Салтыков-Щедрин Михаил Евграфович", "Салтыкова-Щедрина Михаила Евграфовича",
         "Салтыкову-Щедрину Михаилу Евграфовичу"),
    ],
)  # fmt: skip
def test_a_full_name_is_declined_by_the_rules_of_names(name, genitive, dative):
    assert is_full_name(name)
    assert (declined(name, GENITIVE), declined(name, DATIVE)) == (genitive, dative)


def test_what_a_person_has_put_right_stands_whatever_the_case_of_its_letters():
    known = {"родительный": {key_of_phrase("Чек-лист  обхода"): "чек-листа обхода"}}
    assert declined("чек-лист обхода", GENITIVE, known) == "чек-листа обхода"
    assert declined("Чек-лист Обхода", DATIVE, known) != "чек-листа обхода"


def test_initials_stand_on_either_side_and_stay_in_a_case():
    assert with_initials("Иванов Пётр Сергеевич") == "Иванов П. С."
    assert with_initials("Иванов Пётр Сергеевич", first=True) == "П. С. Иванов"
    assert declined("Соколова М. П.", DATIVE) == "Соколовой М. П."


@given(st.text(max_size=80), st.sampled_from(list(Case)))
def test_any_text_has_every_case_and_the_nominative_is_itself(text, case):
    told = declined(text, case)
    assert isinstance(told, str)
    assert declined(text, Case.NOMINATIVE) == text
    # Words in Latin letters, figures and quotation marks are nobody's to change.
    assert declined("«Ромашка» 2000 Ltd", case) == "«Ромашка» 2000 Ltd"
