"""What operators see of companies and do to them; each deed stands in the company's own history."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.context import company_scope, control_scope
from core.events.models import Fact
from tenants import pulse
from tenants.console.jobs import bring_figures, tidy_console
from tenants.console.models import Deed, FormerName
from tenants.looks import Look, look, poses_as_service
from tenants.models import Company, ReleasedSlug
from tenants.signup import free_slug
from tests.conformance.policy.parts.console import park
from tests.support.client import Api

pytestmark = pytest.mark.row("PL-07")
WHY = {"reason": "Попросил владелец"}


def facts(company, kind: str) -> list[Fact]:
    with company_scope(company):
        return list(Fact.objects.filter(kind=kind).select_related("actor"))


def line_of(chief, company) -> dict:
    found = chief.client.get("companies/", search=company.slug).json()["results"]
    return next(row for row in found if row["id"] == company.id)


def test_the_list_tells_all_that_is_asked_of_it(chief, company, owner):
    line = line_of(chief, company)
    assert (line["slug"], line["status"], line["migration"]) == ("alfa", "active", "ready")
    assert line["host"].startswith("alfa.localhost")
    assert {"plan", "use", "seen_at", "parked", "failing", "faults", "migration_error"} <= set(line)


@pytest.mark.parametrize(
    ("asked", "found"),
    [({"search": "ALF"}, True), ({"search": "нет такой"}, False), ({"status": "active"}, True),
     ({"status": "suspended"}, False), ({"migration_failed": "true"}, False), ({"migration_failed": "false"}, True)],
)  # fmt: skip
def test_companies_are_found(chief, company, asked, found):
    rows = chief.client.get("companies/", **asked).json()["results"]
    assert (company.id in [row["id"] for row in rows]) is found


def test_companies_are_narrowed_by_what_billing_knows(chief, company):
    assert chief.client.get("companies/", stage="deleting").json()["results"] == []
    assert chief.client.get("companies/", stage="nothing").status_code == 422


def test_the_list_costs_the_same_for_one_and_for_many_and_opens_no_company(chief, company, other_company, statements):
    with statements() as one:
        assert len(chief.client.get("companies/", limit=1).json()["results"]) == 1
    with statements() as two:
        assert len(chief.client.get("companies/", limit=2).json()["results"]) == 2
    assert len(two) - len(one) <= 1
    assert not any(company.schema in told["sql"].split("search_path")[0] for told in one if "set_config" in told["sql"])


def test_pages_follow_one_another(chief, company, other_company):
    first = chief.client.get("companies/", limit=1, ordering="name").json()
    second = chief.client.get("companies/", limit=1, ordering="name", cursor=first["next"]).json()
    assert first["results"][0]["id"] != second["results"][0]["id"]
    for ordering in ("seen_at", "-seen_at", "created_at"):
        assert chief.client.get("companies/", ordering=ordering).status_code == 200


def test_activity_and_faults_come_without_opening_a_company(chief, company):
    pulse.note_work(company.schema)
    pulse.note_fault(company.schema)
    pulse.note_fault(company.schema)
    bring_figures(None, 0)
    line = line_of(chief, company)
    assert line["faults"] == 2
    assert line["seen_at"] is not None
    bring_figures(None, 0)
    assert line_of(chief, company)["faults"] == 2


def test_whoever_works_is_noted_now_and_then(chief, company, owner):
    with company_scope(company):
        owner.user.sessions.update(last_seen_at=timezone.now() - timedelta(hours=1))
    assert owner.client.get("me/").status_code == 200
    bring_figures(None, 0)
    assert line_of(chief, company)["seen_at"] is not None


def test_a_suspended_company_is_shut_and_opens_again(chief, company, owner):
    done = chief.client.post(f"companies/{company.id}/suspend/", {"reason": "Жалоба"})
    assert done.json()["status"] == "suspended"
    shut = owner.client.get("me/")
    assert (shut.status_code, shut.json()["type"]) == (403, "/problems/company-closed")
    assert chief.client.post(f"companies/{company.id}/restore/", WHY).json()["status"] == "active"
    assert owner.client.get("me/").status_code == 200
    [fact] = facts(company, "console.suspended")
    assert fact.actor.name == f"Поддержка: {chief.operator.full_name}"
    assert (fact.payload["reason"], fact.door) == ("Жалоба", "support")
    assert len(facts(company, "console.restored")) == 1


def test_nothing_is_done_without_saying_why(chief, company):
    off = {"code": "tasks", "enabled": False}
    for path, body in (("suspend/", {}), ("rename/", {"slug": "drugoy"}), ("modules/", off)):
        answer = chief.client.post(f"companies/{company.id}/{path}", {"reason": "  ", **body})
        assert answer.status_code == 422, path
        assert answer.json()["errors"][0]["pointer"] == "/reason"


def test_a_refused_deed_leaves_no_line(chief, company):
    chief.client.post(f"companies/{company.id}/rename/", {"slug": "beta", **WHY})
    with control_scope():
        assert not Deed.objects.filter(kind="company.renamed").exists()


def test_an_operator_switches_modules_with_a_line_in_both_histories(chief, company, owner):
    path = f"companies/{company.id}/modules/"
    off = chief.client.post(path, {"code": "tasks", "enabled": False, **WHY})
    assert {one["code"]: one["enabled"] for one in off.json()["modules"]}["tasks"] is False
    assert owner.client.get("tasks/").json()["type"] == "/problems/module-off"
    assert chief.client.post(path, {"code": "tasks", "enabled": True, **WHY}).status_code == 200
    assert owner.client.get("tasks/").status_code == 200
    assert [fact.actor.name for fact in facts(company, "tenants.modules_changed")] == [
        f"Поддержка: {chief.operator.full_name}"
    ] * 2
    with control_scope():
        assert Deed.objects.filter(kind="company.module").count() == 2
    assert chief.client.post(path, {"code": "nothing", "enabled": True, **WHY}).status_code == 404


def renamed(chief, company, slug="novaya-alfa"):
    return chief.client.post(f"companies/{company.id}/rename/", {"slug": slug, **WHY})


def test_a_renamed_company_works_at_both_addresses_and_leads_to_the_new_one(chief, company, owner):
    assert renamed(chief, company).json()["slug"] == "novaya-alfa"
    fresh = Api(host="novaya-alfa.localhost", token=owner.token)
    assert fresh.get("me/").json()["company"]["slug"] == "novaya-alfa"
    assert owner.client.get("me/").status_code == 200
    page = {"HTTP_HOST": "alfa.localhost:8000", "HTTP_ACCEPT": "text/html"}
    moved = Client().get("/tasks/5?tab=all", **page)
    assert (moved.status_code, moved["Location"]) == (302, "http://novaya-alfa.localhost:8000/tasks/5?tab=all")
    # A browser that is signed in gets the page, and takes its session along.
    browser = Client()
    browser.cookies["pult"] = owner.cookie
    assert browser.get("/tasks/5", **page).status_code == 200
    [fact] = facts(company, "console.renamed")
    assert fact.payload["changes"] == [{"field": "slug", "old": "alfa", "new": "novaya-alfa"}]


def test_a_session_goes_along_to_the_new_address_without_a_second_sign_in(chief, company, owner):
    renamed(chief, company)
    told = owner.browser.post("auth/move/").json()
    assert told["url"] == "http://novaya-alfa.localhost:8000"
    entered = Api(host="novaya-alfa.localhost").post("auth/ticket/", {"ticket": told["ticket"]})
    assert (entered.status_code, entered["Location"]) == (303, "/")
    there = Api(host="novaya-alfa.localhost", cookie=entered.cookies["pult"].value)
    assert there.get("me/").json()["email"] == owner.email


def test_at_its_own_address_nobody_is_moved(owner):
    assert owner.browser.post("auth/move/").json()["ticket"] is None


def test_a_former_address_is_nobodys_then_rests_then_is_free(chief, company):
    renamed(chief, company)
    with control_scope():
        assert free_slug("alfa") is not None
        FormerName.objects.update(until=timezone.now() - timedelta(minutes=1))
    tidy_console(None, 0)
    assert Client().get("/api/v1/auth/state/", HTTP_HOST="alfa.localhost:8000").status_code == 404
    with control_scope():
        rest = ReleasedSlug.objects.get(slug="alfa")
        assert rest.until > timezone.now() + timedelta(days=179)
        assert free_slug("alfa") is not None
        rest.delete()
        assert free_slug("alfa") is None


def test_a_company_may_come_back_while_its_address_leads_to_it(chief, company):
    renamed(chief, company)
    assert renamed(chief, company, "alfa").json()["slug"] == "alfa"
    with control_scope():
        assert list(FormerName.objects.values_list("slug", flat=True)) == ["novaya-alfa"]
    tidy_console(None, 0)
    assert Client().get("/api/v1/auth/state/", HTTP_HOST="novaya-alfa.localhost:8000").status_code == 200


@pytest.mark.parametrize(
    "slug",
    ["beta", "bet4", "be-ta", "admin", "adm1n", "c0nsole", "supp0rt", "pult-login", "l0gin-pu1t", "ab", "-x-", "Ю"],
)
def test_names_that_deceive_are_refused(chief, company, other_company, slug):
    answer = renamed(chief, company, slug)
    assert answer.status_code == 422, slug
    assert answer.json()["errors"][0]["pointer"] == "/slug"


@pytest.mark.parametrize("slug", ["severnyy-kontur-2", "romashka", "zavod-1", "pultovaya"])
def test_honest_names_are_free(db, slug):
    with control_scope():
        assert free_slug(slug) is None, slug


@pytest.mark.parametrize(
    ("one", "other"), [("romashka", "r0mashka"), ("corner", "comer"), ("vvod", "wod"), ("a-b-c", "abc")]
)
def test_looks(one, other):
    assert look(one) == look(other)


def test_the_database_looks_as_python_does(company):
    slugs = ["romashka-12", "vvorn-13457", "i-l-o-0"]
    with control_scope():
        for slug in slugs:
            Company.objects.filter(pk=company.id).update(slug=slug)
            assert Company.objects.annotate(look=Look("slug")).get(pk=company.id).look == look(slug)


def test_the_products_own_names_are_reserved_in_any_writing():
    assert poses_as_service("he1p") and poses_as_service("pult-support") and not poses_as_service("pultovaya")


def test_given_up_work_is_seen_and_tried_again(chief, company):
    row = park()
    health = chief.client.get("health/").json()
    assert health["parked"] >= 1
    lines = chief.client.get("health/parked/").json()["results"]
    assert str(row) in [line["id"] for line in lines]
    assert chief.client.post(f"health/parked/{row}/retry/").status_code == 204
    again = chief.client.post(f"health/parked/{row}/retry/")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/not-parked")
    assert str(row) not in [line["id"] for line in chief.client.get("health/parked/").json()["results"]]


def test_given_up_work_comes_by_pages(chief):
    rows = {str(park()) for _ in range(3)}
    first = chief.client.get("health/parked/", limit=2).json()
    second = chief.client.get("health/parked/", limit=2, cursor=first["next"]).json()
    seen = [line["id"] for line in first["results"] + second["results"]]
    assert set(seen) == rows and len(seen) == 3 and second["next"] is None
    assert chief.client.get("health/parked/", cursor="???").status_code == 422


def announce(chief, **more):
    now = timezone.now()
    body = {"text": "Ночью работы", "begins_at": (now - timedelta(hours=1)).isoformat(),
            "ends_at": (now + timedelta(hours=1)).isoformat()} | more  # fmt: skip
    return chief.client.post("announcements/", body)


def test_an_announcement_is_seen_by_those_it_is_for(chief, owner):
    made = announce(chief).json()
    announce(chief, text="Только премиум", plans=["premium"])
    announce(chief, text="Завтра", begins_at=(timezone.now() + timedelta(minutes=30)).isoformat())
    assert [row["text"] for row in owner.client.get("announcements/").json()["results"]] == ["Ночью работы"]
    assert chief.client.delete(f"announcements/{made['id']}/").status_code == 204
    assert owner.client.get("announcements/").json()["results"] == []
    over = announce(chief, ends_at=(timezone.now() - timedelta(minutes=1)).isoformat())
    assert over.json()["errors"][0]["pointer"] == "/ends_at"
