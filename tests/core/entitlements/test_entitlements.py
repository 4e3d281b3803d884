"""What a company has not paid for: adding is refused, what stands is read, nothing is deleted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.access.loading import actor_of_principal
from core.context import company_scope, control_scope
from core.entities.bulk import NewCard, write_cards
from core.entities.queries import insert_card
from core.entitlements.allowance import EVERYTHING, Allowance, level
from core.entitlements.errors import NotInPlan
from core.identity.models import Invitation, User
from core.identity.queries import seats_taken
from core.organization.actions import block_employee
from modules.tasks.models import Task
from tenants.models import Company as Row
from tenants.snapshots import find
from tests.isolation.operations import operations

ALLOWANCES = st.builds(
    Allowance,
    mode=st.sampled_from(["full", "read_only", "suspended"]),
    modules=st.none() | st.frozensets(st.sampled_from(["tasks", "orders"])),
    seats=st.none() | st.integers(1, 10**6),
    storage_bytes=st.none() | st.integers(0, 10**13),
    volumes=st.dictionaries(st.sampled_from(["sms", "minutes"]), st.just("50")),
    stage=st.sampled_from(["", "trial", "past_due"]),
    until=st.none() | st.dates(),
)


@given(ALLOWANCES)
def test_what_is_told_is_what_is_read(allowance):
    assert Allowance.of(allowance.told()) == allowance


def test_without_billing_everything_is_allowed(company):
    assert find(schema=company.schema).allowance == EVERYTHING == Allowance.of(None)


@pytest.mark.parametrize(
    ("used", "limit", "expected"),
    [(0, None, "free"), (79, 100, "free"), (80, 100, "near"), (99, 100, "near"), (100, 100, "filled"),
     (300, 100, "filled"), (0, 0, "filled"), (4, 5, "near"), (5, 5, "filled")],
)  # fmt: skip
def test_people_are_warned_before_a_limit(used, limit, expected):
    assert level(used, limit) == expected


@pytest.mark.row("MN-02")
def test_whoever_has_not_paid_reads_and_changes_nothing(owner, allowed):
    made = owner.client.post("tasks/", {"title": "Сверить остатки", "assignee": owner.id}).json()
    allowed(mode="read_only", stage="read_only", until=date(2027, 1, 6))
    assert owner.client.get(f"tasks/{made['id']}/").json()["title"] == "Сверить остатки"
    for method, path, body in (
        ("post", "tasks/", {"title": "Ещё", "assignee": owner.id}),
        ("patch", f"tasks/{made['id']}/", {"title": "Другое"}),
        ("delete", f"tasks/{made['id']}/", None),
        ("patch", "company/", {"name": "Другая"}),
    ):
        answer = owner.client.call(method, path, body)
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/unpaid-reads-only"), path
        assert answer.json()["pay"] == "/api/v1/billing/invoices/"
    told = owner.client.get("me/").json()["allowance"]
    assert told == {"mode": "read_only", "stage": "read_only", "until": "2027-01-06", "paid_ahead": False}
    allowed()
    assert owner.client.patch(f"tasks/{made['id']}/", {"title": "Другое"}).status_code == 200


# What works whatever is paid, typed by hand: coming in and out, one's own account, the door face, paying, leaving,
# help.
UNPAID = {
    "auth/state/", "auth/sign-in/", "auth/token/", "auth/sign-out/", "auth/ticket/", "auth/companies/",
    "auth/switch/", "auth/password/", "auth/password-reset/", "auth/password-reset/confirm/", "auth/email-proof/",
    "auth/email-proof/confirm/", "auth/email-change/", "auth/email-change/confirm/", "auth/email-change/refuse/",
    "auth/sessions/", "auth/sessions/<int:session_id>/", "auth/sessions/revoke-others/",
    "auth/tokens/", "auth/totp/", "auth/totp/setup/", "auth/totp/confirm/", "auth/totp/disable/", "me/",
    "company/logo/<slug:version>/", "hooks/telegram/", "takeouts/", "takeouts/<int:takeout_id>/open/",
    "company/copies/", "company/copies/<int:copy_id>/download/",
    "company/erasure/", "persons/<int:employee_id>/data/", "persons/<int:employee_id>/data/<int:file_id>/open/",
    "persons/<int:employee_id>/anonymise/", "processing/", "auth/move/", "announcements/", "support/consent/",
    "support/history/", "support/enter/", "support/changes/", "support/leave/", "company/licence/", "help/",
    "help/appeals/", "help/appeals/<int:appeal_id>/", "help/appeals/<int:appeal_id>/lines/",
    "help/appeals/<int:appeal_id>/close/", "help/appeals/<int:appeal_id>/reopen/", "help/files/",
    "help/files/<int:file_id>/", "help/files/<int:file_id>/complete/", "help/files/<int:file_id>/content/",
}  # fmt: skip


# A POST that serves reading alone, typed by hand as well.
READING = {
    "exports/", "notices/read/", "takeouts/", "takeouts/<int:takeout_id>/open/",
    "persons/<int:employee_id>/data/", "persons/<int:employee_id>/data/<int:file_id>/open/",
    "routes/<int:route_id>/trial/", "routes/conditions/",
}  # fmt: skip


def test_whoever_may_only_read_takes_his_data_out(owner, allowed):
    allowed(mode="read_only")
    table = {"kind": "tasks.task", "format": "csv"}
    reads = {op.route.removeprefix("api/v1/") for op in operations("company") if getattr(op.view, "is_reading", False)}
    assert reads == READING
    assert owner.client.post("exports/", table).status_code == 201
    assert owner.client.post("notices/read/", {}).status_code == 200
    allowed(mode="suspended")
    assert owner.client.post("exports/", table).status_code == 403


def test_coming_in_and_paying_always_work_and_nothing_else():
    working = {
        op.route.removeprefix("api/v1/") for op in operations("company") if getattr(op.view, "works_unpaid", False)
    }
    assert {route for route in working if not route.startswith("billing/")} == UNPAID
    assert all(op.view.works_unpaid for op in operations("company") if "/billing/" in op.route)


def test_a_suspended_company_lets_people_in_to_pay_and_to_nothing_else(owner, person, company, allowed, api):
    allowed(mode="suspended", stage="suspended")
    answer = owner.client.get("tasks/")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/unpaid-suspended")
    assert owner.client.get("me/").json()["allowance"]["mode"] == "suspended"
    entered = api(company).post("auth/token/", {"email": owner.email, "password": owner.password})
    assert entered.status_code == 200
    assert api(company).get("tasks/").status_code == 401, "a stranger learns nothing of it"


@pytest.mark.row("MN-02")
def test_a_module_beyond_the_plan_is_read_and_not_added_to(owner, allowed):
    made = owner.client.post("tasks/", {"title": "Сверить остатки", "assignee": owner.id}).json()
    allowed(modules=frozenset())
    assert owner.client.get(f"tasks/{made['id']}/").status_code == 200
    refused = owner.client.post("tasks/", {"title": "Ещё", "assignee": owner.id})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-in-plan")
    assert refused.json()["module"] == "tasks"


@pytest.mark.row("MN-02")
def test_no_other_way_adds_to_a_module_beyond_the_plan(owner, allowed, inside, company):
    """What comes round, files and the bot make cards through these two doors."""
    made = owner.client.post("tasks/", {"title": "Сверить остатки", "assignee": owner.id}).json()
    allowed(modules=frozenset())
    beyond = find(host="alfa.localhost")
    task = {"title": "Ещё", "author": owner.principal.pk, "responsible": owner.principal.pk, "status": "new"}
    with inside(beyond), pytest.raises(NotInPlan):
        write_cards(Task, [NewCard(task)], numbers=None, by=actor_of_principal(owner.principal, door="job"))
    with inside(beyond), pytest.raises(NotInPlan):
        insert_card(Task(kind=Task.KIND, **{"title": "Ещё", "author": owner.principal, "status": "new"}), {})
    assert owner.client.get(f"tasks/{made['id']}/").status_code == 200
    hired = {"last_name": "Новый", "first_name": "Иван"}
    assert owner.client.patch(f"employees/{owner.id}/", hired).status_code == 200, "core is of every plan"


def test_a_module_beyond_the_plan_is_not_switched_on(owner, allowed):
    assert owner.client.patch("modules/tasks/", {"enabled": False}).status_code == 200
    allowed(modules=frozenset())
    refused = owner.client.patch("modules/tasks/", {"enabled": True})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-in-plan")
    allowed(modules=frozenset({"tasks"}))
    assert owner.client.patch("modules/tasks/", {"enabled": True}).status_code == 200


def invite(owner, *emails):
    return owner.client.post("invitations/", {"emails": list(emails)})


@pytest.mark.row("MN-02")
def test_an_invitation_keeps_a_seat_until_it_is_taken_back(owner, person, company, allowed):
    person(company)
    allowed(seats=3)
    assert invite(owner, "a@seat.example").status_code == 201
    refused = invite(owner, "b@seat.example")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/seats-over")
    assert (refused.json()["seats"], refused.json()["taken"]) == (3, 3)
    assert invite(owner, "a@seat.example").status_code == 201, "the same letter again needs no further seat"
    with company_scope(company):
        waiting = Invitation.objects.get(email="a@seat.example", revoked_at__isnull=True)
    assert owner.client.delete(f"invitations/{waiting.pk}/").status_code == 204
    assert invite(owner, "b@seat.example").status_code == 201


def test_several_are_invited_together_or_not_at_all(owner, company, allowed):
    allowed(seats=2)
    assert invite(owner, "a@seat.example", "b@seat.example").status_code == 409
    with company_scope(company):
        assert not Invitation.objects.exists()


def test_whoever_is_let_in_again_needs_a_seat(owner, person, company, allowed):
    gone = person(company)
    with company_scope(company):
        block_employee(gone.employee, by=owner.actor())
        assert seats_taken() == 1
    allowed(seats=1)
    refused = owner.client.post(f"employees/{gone.id}/unblock/")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/seats-over")
    allowed(seats=2)
    assert owner.client.post(f"employees/{gone.id}/unblock/").status_code == 200


def test_over_the_limit_everybody_goes_on_working(owner, person, company, allowed):
    people = [person(company) for _ in range(3)]
    allowed(seats=1)
    for one in people:
        assert one.client.post("tasks/", {"title": "Дело", "assignee": one.id}).status_code == 201
    with company_scope(company):
        assert User.objects.filter(principal__is_active=True).count() == 4


@pytest.mark.row("MN-02")
def test_a_file_that_does_not_fit_is_refused_and_those_that_stand_stay(owner, allowed):
    task = owner.client.post("tasks/", {"title": "Дело", "assignee": owner.id}).json()
    files = f"tasks/{task['id']}/attachments/"
    told = {"name": "план.pdf", "size": 600, "content_type": "application/pdf"}
    allowed(storage_bytes=1000)
    assert owner.client.post(files, told).status_code == 201
    refused = owner.client.post(files, told)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/storage-over")
    assert (refused.json()["used"], refused.json()["limit"]) == (600, 1000)
    assert owner.client.post(files, {**told, "size": 400}).status_code == 201


def test_an_ordinary_request_costs_no_statement_more(owner, company, allowed, statements):
    """The limits stand in the snapshot: reading and writing ask the database nothing about them."""
    body = {"title": "Дело", "assignee": owner.id}

    def cost(call):
        call()
        with statements() as seen:
            call()
        return len(seen)

    owner.client.post("tasks/", body)
    deeds = (lambda: owner.client.get("tasks/"), lambda: owner.client.post("tasks/", body))
    before = [cost(deed) for deed in deeds]
    allowed(modules=frozenset({"tasks"}), seats=5, storage_bytes=10**9, stage="active")
    assert [cost(deed) for deed in deeds] == before


def test_the_limits_of_one_company_are_not_those_of_another(company, other_company, other_owner, allowed):
    allowed(mode="suspended")
    assert other_owner.client.get("tasks/").status_code == 200
    with control_scope():
        assert Row.objects.get(pk=other_company.id).allowance is None
