"""People among the company's own statuses: refined, led by moves, shut out and let in by the deeds behind them."""

from dataclasses import dataclass
from typing import Any

import pytest

from core.context import company_scope
from core.entities.models import Entity
from core.events.models import Fact
from core.identity.models import Principal, Session, User
from core.organization.models import Employee
from tests.core.attachments.conftest import s3_stand_in, store  # noqa: F401  (fixtures)
from tests.core.imports.desk import Desk as Bringing
from tests.core.imports.desk import table
from tests.core.sheets.test_export import take  # noqa: F401  (a fixture)

PEOPLE = "organization.employee"


@dataclass
class Staff:
    """Whoever keeps the cards, a head with his department, and one of his people."""

    keeper: Any
    head: Any
    anna: Any
    company: Any
    deliver: Any

    def begin(self) -> dict[str, int]:
        """{title: id} of a company that has refined both states."""
        answer = self.keeper.client.post("own-statuses/scheme/", {"kind": PEOPLE})
        assert answer.status_code == 201, answer.json()
        self.deliver()
        known = {row["title"]: row["id"] for row in answer.json()["statuses"]}
        for title, base in (("Испытательный срок", "works"), ("Декрет", "works"), ("Уволен", "blocked")):
            made = self.keeper.client.post("own-statuses/", {"kind": PEOPLE, "title": title, "base": base})
            assert made.status_code == 201, made.json()
            known[title] = made.json()["id"]
        return known

    def draw(self, *moves: dict[str, Any]) -> None:
        answer = self.keeper.client.put("own-statuses/scheme/moves/", {"kind": PEOPLE, "moves": list(moves)})
        assert answer.status_code == 200, answer.json()

    def move(self, who: Any, whom: Any, to: int, **more: Any) -> Any:
        return who.client.post(f"employees/{whom.id}/status/", {"to": to, **more})

    def card(self, whom: Any, who: Any = None) -> dict[str, Any]:
        answer = (who or self.keeper).client.get(f"employees/{whom.id}/")
        assert answer.status_code == 200, answer.json()
        return answer.json()

    def told(self, whom: Any) -> list[tuple[str, str]]:
        """(fact, «old → new») of each move, the newest first."""
        lines = self.keeper.client.get(f"employees/{whom.id}/history/").json()["results"]
        return [
            (line["kind"], f"{one['old']} → {one['new']}")
            for line in lines
            for one in line["changes"]
            if one["field"] == "status"
        ]


@pytest.fixture
def staff(company, person, owner, deliver) -> Staff:
    place = owner.client.post("departments/", {"title": "Цех"}).json()["id"]
    head = person(company, role="head", name="Главный Егор", department_id=place)
    anna = person(company, name="Крылова Анна", department_id=place)
    return Staff(person(company, role="admin", name="Кадрова Зоя"), head, anna, company, deliver)


def titles(rows):
    return [row["title"] for row in rows]


def test_without_statuses_of_its_own_people_work_or_are_blocked(staff):
    card = staff.card(staff.anna)
    assert (card["status"], card["status_title"], card["own_status"], card["status_moves"]) == (
        "works", "Работает", None, [],
    )  # fmt: skip
    staff.keeper.client.post(f"employees/{staff.anna.id}/block/")
    assert staff.card(staff.anna)["status_title"] == "Заблокирован"
    assert staff.told(staff.anna) == [("organization.employee_blocked", "Работает → Заблокирован")]


def test_who_may_change_what_a_person_is_moves_him_and_nobody_himself(staff, person, company):
    known = staff.begin()
    trial = known["Испытательный срок"]
    assert titles(staff.card(staff.anna, staff.head)["status_moves"]) == ["Испытательный срок", "Декрет"]
    assert staff.move(staff.head, staff.anna, trial).status_code == 200
    card = staff.card(staff.anna)
    assert (card["status"], card["status_title"], card["is_active"]) == ("works", "Испытательный срок", True)
    assert staff.told(staff.anna) == [("statuses.moved", "Работает → Испытательный срок")]
    # He keeps his own card up to date, his probation he does not end.
    assert staff.card(staff.anna, staff.anna)["status_moves"] == []
    refused = staff.move(staff.anna, staff.anna, known["Работает"])
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-your-card")
    assert staff.move(staff.head, staff.head, trial).status_code == 403
    # Nor is an administrator moved by somebody who is none, wherever he sits.
    chief = person(company, role="admin", name="Админов Лев")
    with company_scope(company):
        Employee.objects.filter(pk=chief.id).update(department=staff.head.employee.department_id)
    assert staff.card(chief, staff.head)["status_moves"] == []
    assert staff.move(staff.head, chief, trial).status_code == 403
    assert staff.move(staff.keeper, chief, trial).status_code == 200


def test_a_move_that_shuts_out_does_all_that_blocking_does(staff):
    known = staff.begin()
    gone = known["Уволен"]
    staff.draw(
        {"source": known["Работает"], "to": gone, "needs_comment": True},
        {"source": gone, "to": known["Испытательный срок"], "title": "Принять снова"},
    )
    assert titles(staff.card(staff.anna, staff.head)["status_moves"]) == [], "a head shuts nobody out"
    assert staff.move(staff.head, staff.anna, gone).status_code == 409
    assert staff.move(staff.keeper, staff.anna, gone).json()["errors"][0]["pointer"] == "/text"
    assert staff.anna.client.get("employees/").status_code == 200, "what is refused changes nothing"
    assert staff.move(staff.keeper, staff.anna, gone, text="По собственному желанию").status_code == 200
    assert staff.anna.client.get("employees/").status_code == 401
    assert staff.anna.browser.get("employees/").status_code == 401
    with company_scope(staff.company):
        assert not Principal.objects.get(pk=staff.anna.principal.pk).is_active
        assert not Session.objects.filter(user=staff.anna.user, revoked_at__isnull=True).exists()
        kinds = set(Fact.objects.values_list("kind", flat=True))
    assert {"organization.employee_blocked", "identity.access_changed"} <= kinds
    card = staff.card(staff.anna)
    assert (card["status"], card["status_title"], card["is_active"]) == ("blocked", "Уволен", False)
    assert staff.told(staff.anna)[0] == ("organization.employee_blocked", "Работает → Уволен")
    talk = staff.keeper.client.get(f"employees/{staff.anna.id}/comments/").json()["results"]
    assert [said["text"] for said in talk] == ["По собственному желанию"]
    # Back by the way that is drawn; a plain «Разблокировать» goes it, too.
    assert card["can"]["unblock"] is True
    assert [(one["button"], one["do"]) for one in card["status_moves"]] == [("Принять снова", "unblock")]
    assert (
        staff.keeper.client.post(f"employees/{staff.anna.id}/unblock/").json()["status_title"] == "Испытательный срок"
    )


def test_guards_of_blocking_stand_before_a_move(staff, person, company, owner):
    known = staff.begin()
    gone = known["Уволен"]
    assert staff.move(staff.keeper, staff.keeper, gone).status_code == 409, "nobody shuts himself out"
    second = person(company, role="owner", name="Второва Ада")
    assert titles(staff.card(second)["status_moves"])[-2:] == ["Заблокирован", "Уволен"]
    refused = staff.move(staff.keeper, second, gone)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/owners-only")
    assert staff.move(second, owner, gone).status_code == 200
    assert staff.card(second)["is_active"] is True
    last = staff.keeper.client.post(f"employees/{second.id}/block/")
    assert last.status_code == 403


def test_no_drawing_of_moves_keeps_an_account_open(staff, owner):
    known = staff.begin()
    staff.draw({"source": known["Работает"], "to": known["Декрет"]})
    shut = staff.keeper.client.post(f"employees/{staff.anna.id}/block/")
    assert (shut.status_code, shut.json()["status_title"]) == (200, "Заблокирован")
    # Letting him in again is a move like others, and nobody has drawn it.
    assert shut.json()["can"] | {"block": True, "unblock": False} == shut.json()["can"]
    refused = staff.keeper.client.post(f"employees/{staff.anna.id}/unblock/")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/move-not-allowed")
    dismissed = staff.keeper.client.post(f"employees/{staff.head.id}/dismiss/", {"successor": owner.id})
    assert dismissed.status_code == 200, dismissed.json()
    staff.deliver()
    assert staff.card(staff.head)["status_title"] == "Заблокирован"
    assert staff.told(staff.head)[0] == ("organization.employee_blocked", "Работает → Заблокирован")


def test_dismissal_ends_where_the_company_begins_its_blocked(staff, owner):
    known = staff.begin()
    assert staff.keeper.client.patch(f"own-statuses/{known['Уволен']}/", {"is_default": True}).status_code == 200
    answer = staff.keeper.client.post(f"employees/{staff.anna.id}/dismiss/", {"successor": owner.id})
    assert answer.status_code == 200, answer.json()
    staff.deliver()
    assert staff.card(staff.anna)["status_title"] == "Уволен"


def test_whoever_came_by_a_file_is_shut_out_without_an_account(staff):
    with company_scope(staff.company):
        User.objects.filter(principal=staff.anna.principal).delete()
    assert staff.keeper.client.post(f"employees/{staff.anna.id}/block/").status_code == 200
    with company_scope(staff.company):
        principal = Principal.objects.get(pk=staff.anna.principal.pk)
    assert not principal.is_active and principal.access_epoch > staff.anna.principal.access_epoch


def test_whoever_is_hired_begins_where_the_company_says(staff, person, company):
    known = staff.begin()
    staff.keeper.client.patch(f"own-statuses/{known['Испытательный срок']}/", {"is_default": True})
    assert staff.card(person(company, name="Новиков Пётр"))["status_title"] == "Испытательный срок"
    assert staff.card(staff.anna)["status_title"] == "Работает"


def test_many_are_moved_and_stand_again_where_they_stood(staff, person, company):
    known = staff.begin()
    other = person(company, name="Белов Олег")
    assert staff.move(staff.keeper, staff.anna, known["Декрет"]).status_code == 200
    # What is drawn is not asked when somebody undoes his own.
    staff.draw({"source": known["Декрет"], "to": known["Уволен"]}, {"source": known["Работает"], "to": known["Уволен"]})
    body = {"action": "status", "ids": [staff.anna.id, other.id, staff.keeper.id], "values": {"to": [known["Уволен"]]}}
    told = staff.keeper.client.post("employees/bulk/", body).json()
    assert [one["outcome"] for one in told["results"]] == ["done", "done", "refused"]
    assert [staff.card(who)["status_title"] for who in (staff.anna, other)] == ["Уволен", "Уволен"]
    assert staff.keeper.client.post("employees/bulk/undo/", {"undo": told["undo"]}).status_code == 200
    assert [staff.card(who)["status_title"] for who in (staff.anna, other)] == ["Декрет", "Работает"]
    assert staff.card(staff.anna)["is_active"] is True
    blocked = staff.keeper.client.post("employees/bulk/", {"action": "block", "ids": [staff.anna.id]}).json()
    assert staff.card(staff.anna)["status_title"] == "Заблокирован"
    staff.keeper.client.post("employees/bulk/undo/", {"undo": blocked["undo"]})
    assert (staff.card(staff.anna)["status_title"], staff.card(staff.anna)["is_active"]) == ("Декрет", True)


def test_many_are_told_where_they_may_go_by_a_fixed_number_of_statements(staff, person, company, statements):
    staff.begin()
    place = staff.head.employee.department_id
    others = [person(company, name=f"Белов Олег {number}", department_id=place) for number in range(3)]

    def reached(who, *people):
        ids = ",".join(str(one.id) for one in people)
        with statements() as told:
            answer = who.client.get("own-statuses/reachable/", kind=PEOPLE, ids=ids)
        assert answer.status_code == 200, answer.json()
        return {row["title"]: row["cards"] for row in answer.json()["results"]}, len(told)

    reached(staff.head, staff.anna)  # his rights are read once
    # A head moves his people within a base, shuts nobody out and himself nowhere.
    found, few = reached(staff.head, staff.anna, staff.head)
    assert found == {"Испытательный срок": 1, "Декрет": 1}
    found, many = reached(staff.head, staff.anna, staff.head, *others)
    assert (found, many) == ({"Испытательный срок": 4, "Декрет": 4}, few)
    assert reached(staff.keeper, staff.anna, staff.keeper)[0] == {
        "Испытательный срок": 2, "Декрет": 2, "Заблокирован": 1, "Уволен": 1,
    }  # fmt: skip
    assert reached(staff.anna, staff.anna, *others)[0] == {}


def test_history_leads_back_by_the_same_deeds(staff):
    known = staff.begin()
    assert staff.move(staff.keeper, staff.anna, known["Декрет"]).status_code == 200
    assert staff.move(staff.keeper, staff.anna, known["Уволен"]).status_code == 200
    path = f"employees/{staff.anna.id}/history/"
    lines = staff.keeper.client.get(path).json()["results"]
    line = next(one for one in lines if one["kind"] == "organization.employee_blocked")
    assert [one["can_restore"] for one in line["changes"]] == [True]
    answer = staff.keeper.client.post(f"{path}{line['id']}/restore/", {})
    assert answer.status_code == 200, answer.json()
    card = staff.card(staff.anna)
    assert (card["status_title"], card["is_active"]) == ("Декрет", True)


def test_a_card_that_turns_back_opens_no_account(staff):
    known = staff.begin()
    path = f"employees/{staff.anna.id}/"
    assert staff.keeper.client.patch(path, {"phone": "+79120000001"}).status_code == 200
    first = staff.keeper.client.get(f"{path}history/").json()["results"][0]
    assert first["kind"] == "organization.employee_changed"
    assert staff.keeper.client.patch(path, {"phone": "+79120000002"}).status_code == 200
    assert staff.move(staff.keeper, staff.anna, known["Уволен"]).status_code == 200
    told = staff.keeper.client.post(f"{path}history/{first['id']}/restore/", {"whole": True}).json()
    assert (told["restored"], told["left"]) == (["Телефон"], ["Состояние"])
    card = staff.card(staff.anna)
    assert (card["phone"], card["status_title"], card["is_active"]) == ("+79120000001", "Уволен", False)


def test_the_list_is_narrowed_grouped_and_laid_out(staff, statements):
    known = staff.begin()
    plain = {"is_active": "true"}
    staff.keeper.client.get("employees/", **plain)
    with statements() as before:
        staff.keeper.client.get("employees/", **plain)
    staff.move(staff.keeper, staff.anna, known["Декрет"])
    staff.move(staff.keeper, staff.head, known["Испытательный срок"])
    with statements() as after:
        rows = staff.keeper.client.get("employees/", **plain).json()["results"]
    assert len(after) == len(before), "a page tells statuses without a statement more"
    assert {row["status_title"] for row in rows} >= {"Декрет", "Испытательный срок", "Работает"}
    found = staff.keeper.client.get("employees/", own_status=str(known["Декрет"])).json()["results"]
    assert [row["full_name"] for row in found] == ["Крылова Анна"]
    summary = staff.keeper.client.get("employees/summary/", group="own_status", is_active="true").json()
    counted = {group["title"]: group["count"] for group in summary["groups"]}
    assert counted["Декрет"] == counted["Испытательный срок"] == 1
    columns = staff.keeper.client.get("employees/board/", by="own_status").json()["columns"]
    by_title = {column["title"]: column for column in columns}
    (anna,) = by_title["Декрет"]["results"]
    assert {(move["path"], move["sends"]["to"]) for move in anna["moves"]} == {
        ("status/", known[title]) for title in ("Работает", "Испытательный срок", "Заблокирован", "Уволен")
    }
    assert by_title["Уволен"]["count"] == 0


def test_the_board_leads_by_the_kinds_own_doors_while_nothing_is_refined(staff):
    columns = staff.keeper.client.get("employees/board/", by="own_status").json()["columns"]
    rows = {card["id"]: card for column in columns for card in column["results"]}
    (move,) = rows[staff.anna.id]["moves"]
    assert (move["to"], move["do"], move["path"]) == ("blocked", "block", "block/")
    assert rows[staff.keeper.id]["moves"] == []
    assert staff.keeper.client.post(f"employees/{staff.anna.id}/{move['path']}", move["sends"]).status_code == 200


def test_files_tell_statuses_and_bring_people_in_them(staff, take, store):  # noqa: F811
    known = staff.begin()
    staff.move(staff.keeper, staff.anna, known["Декрет"])
    columns = ("full_name", "status", "own_status")
    _, rows = take(staff.keeper, kind=PEOPLE, columns=columns, query=f"own_status={known['Декрет']}")
    assert rows == [["ФИО", "Состояние", "Статус компании"], ["Крылова Анна", "Работает", "Декрет"]]
    bringing = Bringing(staff.keeper.client, staff.deliver)
    head = ("ФИО", "Статус компании")
    bringing.bring(
        table(head, ("Новый Иван", "Испытательный срок"), ("Бывший Иван", "Уволен"), ("Прочий Иван", "")), kind=PEOPLE
    )
    assert bringing.check()["bad_count"] == 1
    (problem,) = bringing.problems()
    assert (problem["row"], list(problem["errors"])) == (3, ["own_status"])
    bringing.fix(3, "own_status", "Декрет")
    assert bringing.check()["bad_count"] == 0
    assert bringing.run()["made_count"] == 3
    with company_scope(staff.company):
        stood = Entity.objects.filter(kind=PEOPLE, title__endswith="Иван").values_list("title", "own_status__title")
        assert dict(stood) == {
            "Новый Иван": "Испытательный срок", "Бывший Иван": "Декрет", "Прочий Иван": "Работает",
        }  # fmt: skip


def test_two_who_have_seen_the_same_do_not_both_decide(staff):
    known = staff.begin()
    seen = f'"{staff.card(staff.anna)["version"]}"'
    path = f"employees/{staff.anna.id}/status/"
    assert staff.keeper.client.post(path, {"to": known["Уволен"]}, if_match=seen).status_code == 200
    late = staff.keeper.client.post(path, {"to": known["Испытательный срок"]}, if_match=seen)
    assert (late.status_code, late.json()["current"]["status_title"]) == (412, "Уволен")
