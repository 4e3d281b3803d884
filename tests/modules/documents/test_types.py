"""Types are rows of the company's: who makes documents of one, who registers them, who sees them, who reads them."""

import pytest

from core.context import company_scope
from core.custom_fields.models import CardType
from modules.documents.models import Document
from modules.documents.seed import READY, seed

from .conftest import role

pytestmark = pytest.mark.row("D-08", "PL-08")


def rules(owner, code, **given):
    answer = owner.client.patch(f"document-types/{code}/", given)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_a_company_begins_with_ready_types_that_it_may_rename(owner, company):
    told = owner.client.get("document-types/").json()["results"]
    assert [one["title"] for one in told] == ["Документ", *(ready.title for ready in READY)]
    with company_scope(company):
        known = CardType.objects.get(kind=Document.KIND, code="memo")
    assert owner.client.patch(f"card-types/{known.pk}/", {"title": "Докладная"}).status_code == 200
    with company_scope(company):
        seed()
    told = owner.client.get("document-types/").json()["results"]
    assert "Докладная" in [one["title"] for one in told] and len(told) == len(READY) + 1


def test_each_type_has_fields_of_its_own(write, cast):
    contract, memo = write(card_type="contract"), write(card_type="memo")

    told = cast.author.client.get(f"documents/{contract['id']}/fields/").content.decode()
    assert "Предмет договора" in told and "Повестка" not in told
    assert "Предмет договора" not in cast.author.client.get(f"documents/{memo['id']}/fields/").content.decode()


def test_roles_of_a_type_make_and_register_its_documents(write, cast, owner, person, company, press):
    lawyer = role(owner, "Юрист", view="all", create="all", edit="own")
    rules(owner, "contract", create_roles=[lawyer], register_roles=[lawyer])
    refused = cast.author.client.post("documents/", {"title": "Договор", "card_type": "contract"})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-your-type")
    mine = person(company, name="Юристова Инна", role=lawyer)
    card = write(by=mine, card_type="contract")
    press(mine, card, "submit")
    assert press(cast.clerk, card, "register").json()["type"] == "/problems/not-registrar"
    assert press(mine, card, "register").json()["number"] == "ДГ-1"
    listed = cast.author.client.get("document-types/").json()["results"]
    assert [one["may_create"] for one in listed if one["code"] in ("contract", "memo")] == [False, True]
    assert owner.client.patch("document-types/memo/", {"create_roles": ["нет_такой"]}).status_code == 422


def test_what_a_type_wants_read_waits_for_its_readers_once_it_has_a_number(write, cast, owner, person, company):
    readers = role(owner, "Складской", view="participant")
    rules(owner, "memo", reader_roles=[readers])
    keeper = person(company, name="Складова Нина", role=readers)
    card = write(card_type="memo")
    path = f"documents/{card['id']}/"
    assert cast.author.client.get(f"{path}acknowledgements/").json()["asked"] == 0
    assert cast.author.client.post(f"{path}register/").status_code == 200
    assert cast.author.client.get(f"{path}acknowledgements/").json()["asked"] == 1
    assert keeper.client.post(f"{path}acknowledgements/confirm/").json()["done"] == 1


def test_a_type_that_is_opened_opens_nothing_that_went_on_while_it_was_closed(write, cast, owner, press):
    rules(owner, "order", is_closed=True)
    card = write(card_type="order")
    press(cast.author, card, "submit")
    rules(owner, "order", is_closed=False)
    assert press(cast.author, card, "cancel", text="Не нужен").json()["is_private"] is True
    assert cast.clerk.client.get(f"documents/{card['id']}/").status_code == 404


def test_a_role_that_is_deleted_is_asked_of_nobody(write, cast, owner, deliver):
    gone = role(owner, "Временная", view="all")
    rules(owner, "memo", create_roles=[gone])
    assert cast.author.client.post("documents/", {"title": "Записка", "card_type": "memo"}).status_code == 403
    assert owner.client.delete(f"roles/{gone}/").status_code == 204
    deliver()
    assert write(card_type="memo")["type"]["code"] == "memo"


def test_documents_of_a_closed_type_are_seen_by_their_participants_alone(write, cast, owner, press, deliver):
    rules(owner, "order", is_closed=True)
    card = write(card_type="order", watchers=[cast.chief.id])
    press(cast.author, card, "submit")
    assert cast.clerk.client.get(f"documents/{card['id']}/").status_code == 404, "whatever his role says"
    assert cast.chief.client.get(f"documents/{card['id']}/").status_code == 200
    turned = write("Письмо")
    cast.author.client.patch(f"documents/{turned['id']}/fields/", {"card_type": "order"})
    deliver()
    assert cast.author.client.get(f"documents/{turned['id']}/").json()["is_private"] is True


def test_what_is_confidential_shows_at_no_door(registered, cast, owner, deliver):
    card = registered("Тайный Сговор", correspondent="Приметное слово")
    path = f"documents/{card['id']}/"
    assert cast.clerk.client.get(path).status_code == 200
    assert cast.clerk.client.put(f"{path}secrecy/", {"secrecy": "confidential"}).status_code == 204, "he is out at once"
    assert cast.author.client.get(path).json()["secrecy"] == "confidential"
    deliver()
    day = card["registered_on"]
    doors = (
        ("documents/", {}), ("documents/", {"tab": "to_register"}), ("search/", {"q": "Тайный"}),
        ("search/", {"q": "Приметное"}), ("waiting/", {}), (path, {}), (f"{path}history/", {}), (f"{path}print/", {}),
        (f"{path}resolutions/", {}), ("documents/", {"registered_on__gte": day}),
    )  # fmt: skip
    for who in (cast.clerk, cast.stranger):
        for door, asked in doors:
            told = who.client.get(door, **asked).content.decode(errors="replace")
            assert "Тайный" not in told and "Приметное" not in told, (who.employee.title, door)
    assert cast.author.client.get("documents/").json()["results"][0]["title"] == "Тайный Сговор"
