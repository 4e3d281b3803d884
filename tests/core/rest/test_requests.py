"""What every endpoint owes its callers: who may write, one shape of errors, nothing done twice."""

import gc
import json
from contextlib import contextmanager

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.db import InterfaceError, OperationalError, connection

from core.rest import views
from core.rest.csrf import csrf_token
from core.rest.filters import Grammar
from infra import spa
from tenants import middleware
from tests.support.client import new_key


def titles(person) -> list[str]:
    return [task["title"] for task in person.client.get("tasks/", tab="all").json()["results"]]


def new_task(person, title: str = "Проверить насос") -> dict:
    return {"title": title, "assignee": person.id}


@pytest.mark.row("SE-10")
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Origin": "http://beta.localhost:8000"},
        {"Origin": "null"},
        {"X_CSRF_Token": "guess"},
        {"X_CSRF_Token": ""},
    ],
    ids=str,
)
def test_a_foreign_page_cannot_write(owner, headers):
    answer = owner.browser.post("tasks/", new_task(owner), **headers)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/cross-site")
    assert titles(owner) == []


def test_our_own_page_can(owner):
    assert owner.browser.post("tasks/", new_task(owner), Sec_Fetch_Site="same-origin").status_code == 201


def test_a_token_of_one_session_does_not_serve_another(owner, person, company):
    colleague = person(company, role="admin")
    foreign = csrf_token(company.schema, colleague.cookie)
    assert owner.browser.post("tasks/", new_task(owner), X_CSRF_Token=foreign).status_code == 403


def test_the_same_key_does_nothing_twice(owner):
    key = new_key()
    first, second = (owner.client.post("tasks/", new_task(owner), Idempotency_Key=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert len(titles(owner)) == 1


def test_the_same_key_with_another_body_is_refused(owner):
    key = new_key()
    owner.client.post("tasks/", new_task(owner), Idempotency_Key=key)
    answer = owner.client.post("tasks/", new_task(owner, "Другое"), Idempotency_Key=key)
    assert answer.status_code == 422
    assert titles(owner) == ["Проверить насос"]


def test_a_refused_request_does_not_use_up_its_key(owner):
    key = new_key()
    assert owner.client.post("tasks/", {"title": ""}, Idempotency_Key=key).status_code == 422
    assert owner.client.post("tasks/", new_task(owner), Idempotency_Key=key).status_code == 201


def test_two_people_may_use_the_same_key(owner, person, company):
    colleague, key = person(company), new_key()
    owner.client.post("tasks/", new_task(owner), Idempotency_Key=key)
    assert colleague.client.post("tasks/", new_task(colleague), Idempotency_Key=key).status_code == 201


@pytest.mark.parametrize(
    "body,status",
    [
        (b"{", 400),
        (b"[]", 422),
        (b'"text"', 422),
        (b"\xff\xfe", 400),
        (b"null", 422),
        (b'{"title": NaN}', 400),
        (b'{"title": "a\\u0000b"}', 400),
        (b'{"title": "\\ud800"}', 400),
    ],
    ids=repr,
)
def test_an_unreadable_body_is_told_so(owner, company, body, status):
    answer = owner.client.client.generic(
        "POST", "/api/v1/tasks/", body, content_type="application/json", HTTP_HOST="alfa.localhost:8000",
        HTTP_AUTHORIZATION=f"Bearer {owner.token}",
    )  # fmt: skip
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_ten_megabytes_of_json_are_refused(owner):
    answer = owner.client.post("tasks/", {"title": "x" * 10_000_000, "assignee": owner.id})
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


def test_deep_json_is_refused(owner):
    answer = owner.client.client.generic(
        "POST", "/api/v1/tasks/", "[" * 100_000, content_type="application/json", HTTP_HOST="alfa.localhost:8000",
        HTTP_AUTHORIZATION=f"Bearer {owner.token}",
    )  # fmt: skip
    assert answer.status_code == 400


@pytest.mark.parametrize("limit", ["0", "201", "-1", "много", "1e3", "９"])
def test_a_wrong_limit_is_named(owner, limit):
    answer = owner.client.get("tasks/", limit=limit)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/limit"


@pytest.mark.parametrize(
    "field", ["password", "responsible__user__password", "author__user__email", "due_at__regex", "id__in"]
)
def test_only_declared_fields_filter_and_sort(owner, field):
    assert owner.client.get("tasks/", **{field: "x"}).status_code == 422
    assert owner.client.get("tasks/", ordering=field).status_code == 422


def grammars():
    """Grammars of all lists that the addresses have brought along, also what was put aside after reading the code."""
    gc.unfreeze()
    return [found for found in gc.get_objects() if issubclass(type(found), Grammar) and found.filters]


def test_no_filter_of_any_list_reads_a_nul(owner):
    assert owner.client.get("reserved-numbers/", kind="\x00").status_code == 422
    known = {name for grammar in grammars() for name in grammar.filters}
    assert {"assignee", "department", "kind", "channel"} <= known
    met = [
        (name, lookup)
        for grammar in grammars()
        for name, known in grammar.filters.items()
        for lookup in ("", *(f"__{one}" for one in known.lookups if one != "in"))
        if not _refuses(grammar, name + lookup, "a\x00b")
    ]
    assert met == []


def _refuses(grammar, name, text):
    try:
        grammar.read(name, text)
    except ValueError:
        return True
    return False


def test_a_cursor_of_another_company_or_order_is_refused(owner, other_owner):
    for number in range(3):
        owner.client.post("tasks/", new_task(owner, f"Задача {number}"))
    cursor = owner.client.get("tasks/", limit=1, ordering="due_at").json()["next"]
    assert cursor
    assert owner.client.get("tasks/", limit=1, ordering="-due_at", cursor=cursor).status_code == 422
    assert other_owner.client.get("tasks/", limit=1, ordering="due_at", cursor=cursor).status_code == 422
    assert owner.client.get("tasks/", limit=1, ordering="due_at", cursor=cursor[:-2]).status_code == 422


def test_pages_meet_without_gap_or_double(owner):
    """Whatever the order, walking by pages of two gives each task once; undated ones come last."""
    days = ["2030-01-03", None, "2030-01-01", "2030-01-01", None, "2030-01-02", "2030-01-03"]
    for number, day in enumerate(days):
        due = {"due_at": f"{day}T10:00:00Z"} if day else {}
        assert owner.client.post("tasks/", new_task(owner, f"Задача {number}") | due).status_code == 201
    for ordering in ("due_at", "-due_at"):
        walked, cursor = [], {}
        while True:
            page = owner.client.get("tasks/", limit=2, ordering=ordering, tab="all", **cursor).json()
            walked += [row["due_at"] for row in page["results"]]
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}
        assert len(walked) == len(days)
        dated = [due for due in walked if due]
        assert walked == sorted(dated, reverse=ordering.startswith("-")) + [None, None]


def test_answers_are_not_cached_by_browsers(owner):
    assert owner.client.get("me/")["Cache-Control"] == "no-store"


def test_the_page_has_a_strict_policy(db, api):
    page = api().get("/")
    policy = page["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe-eval" not in policy and "object-src 'none'" in policy
    assert page["X-Content-Type-Options"] == "nosniff"


def test_text_is_kept_as_typed(owner):
    title = "<script>alert(1)</script> \"кавычки\" & 'апостроф'"
    made = owner.client.post("tasks/", new_task(owner, title)).json()
    assert made["title"] == title
    assert json.loads(json.dumps(owner.client.get(f"tasks/{made['id']}/").json()))["title"] == title


def killed(*_, **__):
    raise OperationalError("terminating connection due to administrator command")


def closed(*_, **__):
    raise InterfaceError("connection already closed")


def is_unavailable(answer) -> bool:
    told = (answer.status_code, answer["Content-Type"], answer.json()["type"])
    return told == (503, "application/problem+json", "/problems/unavailable") and int(answer["Retry-After"]) > 0


@pytest.mark.parametrize("lost", [killed, closed])
def test_a_database_lost_under_a_request_is_told_as_a_break(owner, monkeypatch, lost):
    monkeypatch.setattr(views, "actor_of", lost)
    assert is_unavailable(owner.client.get("me/"))


@pytest.mark.parametrize("lost", [killed, closed])
def test_a_scope_that_cannot_be_opened_is_told_as_a_break(owner, api, monkeypatch, lost):
    monkeypatch.setattr(views, "company_scope", lost)
    monkeypatch.setattr(views, "control_scope", lost)
    assert is_unavailable(owner.client.get("me/"))
    assert is_unavailable(api().post("find-company/", {"email": "a@b.example"}))


def test_a_commit_that_is_lost_is_told_as_a_break(owner, monkeypatch):
    opened = views.company_scope

    @contextmanager
    def lost_at_the_end(*company, **more):
        with opened(*company, **more):
            yield
        killed()

    monkeypatch.setattr(views, "company_scope", lost_at_the_end)
    assert is_unavailable(owner.client.post("tasks/", new_task(owner)))


def test_a_registry_that_cannot_be_read_is_told_as_a_break(company, api, monkeypatch):
    monkeypatch.setattr(middleware, "admit", killed)
    assert is_unavailable(api(company).get("me/"))


def test_a_wrong_statement_of_ours_stays_a_fault(owner, monkeypatch):
    def wrong(request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing_of_the_kind")

    monkeypatch.setattr(views, "actor_of", wrong)
    caller = owner.client
    caller.client.raise_request_exception = False
    answer = caller.get("me/")
    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/fault")


@pytest.mark.parametrize(
    ("thrown", "status", "code"),
    [
        (RequestDataTooBig("x"), 413, "too-large"),
        (TooManyFieldsSent("x"), 400, "malformed"),
        (SuspiciousOperation("x"), 400, "malformed"),
    ],
)
@pytest.mark.parametrize("place", ["actor_of", "company_scope"], ids=["inside", "around"])
def test_what_the_framework_refuses_is_a_problem_too(owner, monkeypatch, place, thrown, status, code):
    def refuse(*_, **__):
        raise thrown

    monkeypatch.setattr(views, place, refuse)
    answer = owner.client.get("me/")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["type"] == f"/problems/{code}"


@pytest.mark.parametrize("path", ["/.env", "/.git/config", "/wp-login.php", "/a/b.php", "/index.php/x", "/old.js"])
def test_an_address_of_a_file_that_is_not_there_is_no_page(company, api, path):
    for host in (api(), api(company)):
        assert host.get(path).status_code == 404


def test_crawlers_read_the_public_site_and_no_company(company, api):
    public, office = api().get("/robots.txt"), api(company).get("/robots.txt")
    assert (public["Content-Type"], office["Content-Type"]) == ("text/plain; charset=utf-8",) * 2
    assert public.content == b"User-agent: *\nAllow: /\n"
    assert office.content == b"User-agent: *\nDisallow: /\n"


@pytest.fixture
def built(tmp_path, settings, monkeypatch):
    """An interface that is built, as far as its worker goes."""
    (tmp_path / "worker").mkdir()
    (tmp_path / "worker" / "sw.js").write_text("// worker", encoding="utf-8")
    settings.SPA_ROOT = tmp_path
    spa._worker.cache_clear()
    yield
    spa._worker.cache_clear()


def test_the_worker_stands_at_the_root_of_a_company_alone_and_is_never_kept(company, api, built):
    script = api(company).get("/sw.js")
    assert (script.status_code, script.content) == (200, b"// worker")
    assert script["Content-Type"].startswith("text/javascript") and script["Cache-Control"] == "no-cache"
    policy = script["Content-Security-Policy"]
    assert "worker-src 'self'" in policy and "default-src 'self'" in policy
    for host in (api(), api(host="nobody.localhost")):
        assert host.get("/sw.js").status_code == 404


def test_without_a_build_there_is_no_worker(company, api, tmp_path, settings):
    settings.SPA_ROOT = tmp_path
    spa._worker.cache_clear()
    assert api(company).get("/sw.js").status_code == 404
    spa._worker.cache_clear()


def test_the_manifest_carries_the_companys_name(company, api):
    told = api(company).get("/manifest.webmanifest")
    assert told["Content-Type"] == "application/manifest+json"
    assert told.json()["name"] == "ООО «Альфа» — Пульт" and told.json()["display"] == "standalone"
    assert told.json()["start_url"] == told.json()["scope"] == "/"
    assert api().get("/manifest.webmanifest").json()["name"] == "Пульт"
