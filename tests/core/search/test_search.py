"""What is found, and how it is told."""

import pytest

from core.attachments.models import Attachment
from core.context import company_scope
from core.search.jobs import index_all


@pytest.fixture
def desk(give, owner, search):
    """Tasks with words of many kinds."""
    give("Подготовить договор поставки с ООО «Ромашка»")
    give("Заправить чёрный картридж", description="<p>В кабинете <strong>бухгалтерии</strong> на третьем этаже</p>")
    give("Проверить счёт 152 и спецификацию")
    search.learn()
    return owner


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("договоры", "Подготовить договор поставки с ООО «Ромашка»"),
        ("подготовка договоров ", None),
        ("ромашке", "Подготовить договор поставки с ООО «Ромашка»"),
        ("ромашка договор", "Подготовить договор поставки с ООО «Ромашка»"),
        ("ромаш", "Подготовить договор поставки с ООО «Ромашка»"),
        ("черные картриджи", "Заправить чёрный картридж"),
        ("ЧЁРНЫЙ", "Заправить чёрный картридж"),
        ("бухгалтерия", "Заправить чёрный картридж"),
        ("заправ", "Заправить чёрный картридж"),
        ("заправит", "Заправить чёрный картридж"),
        ("договор -ромашка", None),
        ("«договор поставки»", "Подготовить договор поставки с ООО «Ромашка»"),
        ("«поставки договор»", None),
        ("счёт -картридж", "Проверить счёт 152 и спецификацию"),
    ],
)
def test_words_are_found_in_any_form(desk, search, question, title):
    assert search.titles(desk, question) == ([title] if title else [])


@pytest.mark.parametrize(
    "forms",
    [
        "материал материала материалу материалом материалы материалов",
        "печать печати печатью",
        "экран экрана экрану экраном",
        "филиал филиала филиалы филиале",
        "участок участка участки участком",
        "заявка заявки заявок заявкам",
        "фланец фланца фланцы фланцев",
    ],
)
def test_all_forms_of_a_noun_are_one_word(owner, give, search, forms):
    for form in forms.split():
        give(f"Проверить {form}")
    search.learn()
    for form in forms.split():
        assert len(search.titles(owner, f"{form} ")) == len(forms.split()), form


def test_the_wrong_layout_is_understood_and_said(desk, search):
    told = search(desk, "rfhnhbl;")
    assert [hit["card"]["title"] for hit in told["results"]] == ["Заправить чёрный картридж"]
    assert told["shown_for"] == "картридж"
    assert search(desk, "картридж")["shown_for"] == ""
    assert search(desk, "qqqqq")["shown_for"] == ""


def test_the_exact_number_comes_first(owner, give, search):
    first = give("Первая")
    for number in range(3):
        give(f"Ссылается на {first['number']}, {number}")
    search.learn()
    digits = first["number"].rpartition("-")[2]
    for question in (first["number"], first["number"].lower(), digits, f"№ {digits}", first["number"].replace("-", "")):
        assert search.titles(owner, question)[0] == "Первая", question
    hit = search(owner, digits)["results"][0]
    assert hit["number"] == [{"text": first["number"], "marked": True}]


def test_a_title_comes_before_a_text_and_the_newest_first(owner, give, search):
    give("Насос старый")
    give("Другое", description="проверить насосы")
    give("Насос новый")
    search.learn()
    assert search.titles(owner, "насос") == ["Насос новый", "Насос старый", "Другое"]


def test_where_it_was_found_is_shown_marked(desk, search):
    (hit,) = search(desk, "бухгалтерия третий")["results"]
    assert hit["found"]["place"] == "text"
    assert [piece["text"] for piece in hit["found"]["pieces"] if piece["marked"]] == ["бухгалтерии", "третьем"]
    (hit,) = search(desk, "картриджи")["results"]
    assert hit["title"] == [{"text": "Заправить чёрный ", "marked": False}, {"text": "картридж", "marked": True}]
    assert hit["found"] is None


def test_comments_are_found_until_they_are_taken_back(owner, give, search):
    task = give("Разное")
    said = owner.client.post(f"tasks/{task['id']}/comments/", {"text": "Позвонить в Водоканал до обеда"}).json()
    search.learn()
    (hit,) = search(owner, "водоканалу")["results"]
    assert (hit["card"]["title"], hit["found"]["place"]) == ("Разное", "comment")
    owner.client.patch(f"comments/{said['id']}/", {"text": "Позвонить в Энергосбыт"})
    search.deliver()
    assert search.titles(owner, "водоканал") == [] and search.titles(owner, "энергосбыт") == ["Разное"]
    owner.client.delete(f"comments/{said['id']}/")
    search.deliver()
    assert search.titles(owner, "энергосбыт") == []


def attach(company, card_id, author, name, state="ready"):
    with company_scope(company):
        return Attachment.objects.create(
            entity_id=card_id, author_id=author.principal.pk, name=name, size=5, content_type="application/pdf",
            state=state, storage_key=f"{company.schema}/{Attachment.objects.count()}",
        )  # fmt: skip


def test_names_of_checked_files_are_found(company, owner, give, search):
    task = give("Разное")
    attach(company, task["id"], owner, "Смета_кровля-2026.pdf")
    attach(company, task["id"], owner, "Подвал.pdf", state="checking")
    search.learn()
    (hit,) = search(owner, "кровли смета")["results"]
    assert hit["found"]["place"] == "file"
    assert "".join(piece["text"] for piece in hit["found"]["pieces"]) == "Смета_кровля-2026.pdf"
    assert search.titles(owner, "подвал") == []


def test_a_file_on_a_persons_card_is_found_by_whoever_may_open_it(company, owner, person, search):
    someone = person(company, name="Сидоров Семён")
    attach(company, someone.id, owner, "Медсправка.pdf")
    search.learn()
    stranger = person(company)
    assert search.titles(owner, "медсправка") == ["Сидоров Семён"]
    assert search.titles(someone, "медсправка") == ["Сидоров Семён"]
    assert search.titles(stranger, "медсправка") == []
    # His name is nobody's secret, and says nothing of the file.
    (hit,) = search(stranger, "сидорова")["results"]
    assert hit["found"] is None
    assert search.titles(stranger, "сидоров медсправка") == []


def test_people_are_found_by_name_phone_and_post(company, owner, person, search):
    someone = person(company, name="Ёлкин Пётр")
    owner.client.patch(f"employees/{someone.id}/", {"phone": "+7 912 345-67-89"})
    position = owner.client.post("positions/", {"title": "Кладовщик"}).json()
    owner.client.patch(f"employees/{someone.id}/", {"position": position["id"]})
    search.learn()
    for question in ("елкин", "Ёлкина", "8 (912) 345-67-89", "9123456789", "кладовщики", someone.email):
        assert search.titles(owner, question) == ["Ёлкин Пётр"], question
    owner.client.patch(f"positions/{position['id']}/", {"title": "Логист"})
    search.deliver()
    assert search.titles(owner, "логист") == ["Ёлкин Пётр"] and search.titles(owner, "кладовщик") == []


def test_what_changes_is_learned_and_what_is_trashed_is_gone(owner, give, search):
    task = give("Покрасить забор")
    search.deliver()
    owner.client.patch(f"tasks/{task['id']}/", {"title": "Починить калитку"})
    search.deliver()
    assert search.titles(owner, "забор") == [] and search.titles(owner, "калитка") == ["Починить калитку"]
    owner.client.delete(f"tasks/{task['id']}/")
    assert search.titles(owner, "калитка") == []
    owner.client.post("trash/restore/", {"ref": task["ref"]})
    assert search.titles(owner, "калитка") == ["Починить калитку"]


def test_kinds_narrow_and_pages_go_on_without_repeats(company, owner, give, person, search):
    person(company, name="Насосов Иван")
    for number in range(7):
        give(f"Насосы {number}")
        give(f"Другое {number}", description="насос")
    search.learn()
    tasks = [f"Насосы {number}" for number in reversed(range(7))] + [
        f"Другое {number}" for number in reversed(range(7))
    ]
    assert search.titles(owner, "насос ", kind="tasks.task", limit=50) == tasks
    assert search.titles(owner, "насос", kind="organization.employee") == ["Насосов Иван"]
    assert search.titles(owner, "насос", kind="нет.такого") == []
    seen, cursor = [], ""
    while cursor is not None:
        told = search(owner, "насос ", limit=4, kind="tasks.task", **({"cursor": cursor} if cursor else {}))
        seen += [hit["card"]["title"] for hit in told["results"]]
        cursor = told["next"]
    assert seen == tasks


def test_pages_go_on_in_the_other_layout(owner, give, search):
    for number in range(3):
        give(f"Картридж {number}")
    search.learn()
    first = search(owner, "rfhnhbl;", limit=2)
    last = search(owner, "rfhnhbl;", limit=2, cursor=first["next"])
    assert [hit["card"]["title"] for hit in last["results"]] == ["Картридж 0"]
    assert (last["shown_for"], last["next"]) == ("картридж", None)


def test_strange_parameters_are_refused(owner):
    for params in ({"limit": "0"}, {"limit": "все"}, {"cursor": "abc"}, {"cursor": "WzEsMl0:x"}):
        assert owner.client.get("search/", q="насос", **params).status_code == 422
    assert owner.client.get("search/").json()["results"] == []


def test_cards_by_their_addresses(company, owner, person, give):
    task, stranger = give("Своя"), person(company)
    refs = f"{task['ref']},tasks.task/99,мусор,organization.employee/{owner.id}"
    told = owner.client.get("search/cards/", refs=refs).json()["results"]
    assert [brief["ref"] for brief in told] == [task["ref"], f"organization.employee/{owner.id}"]
    assert [brief["ref"] for brief in stranger.client.get("search/cards/", refs=refs).json()["results"]] == [
        f"organization.employee/{owner.id}"
    ]


def test_a_search_takes_the_same_statements_whatever_it_finds(company, owner, give, search, statements):
    for number in range(12):
        task = give(f"Насос {number}", description="проверить давление")
        owner.client.post(f"tasks/{task['id']}/comments/", {"text": "Давление в норме"})
    search.learn()
    counts = []
    for limit in (2, 10):
        with statements() as seen:
            search(owner, "давление", limit=limit, kind="tasks.task")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 24


def test_reading_everything_anew_changes_nothing(company, owner, give, search):
    give("Насос")
    search.learn()
    index_all(company, 0)
    assert search.titles(owner, "насос") == ["Насос"]
