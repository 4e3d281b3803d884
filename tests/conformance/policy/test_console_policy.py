"""The console's lines of the policy table against the resolver and the product: role of an operator × operation."""

import pytest

from tests.support.client import Api
from tests.support.operators import HOST, OperatorPerson, make_operator

from . import parts
from .scene import Scene
from .table import OPERATORS, Line, console_lines, resolved
from .test_policy import _store_at_hand, scene, undone  # noqa: F401  (fixtures)

CONSOLE = console_lines(parts.CONSOLE)
PAGES = {"GET /healthz", "GET /readyz", "GET schema/", "GET /robots.txt", "GET /manifest.webmanifest", "GET /<page>"}
# Open to whoever has not signed in: beside the pages only the door itself.
DOOR = {"GET auth/state/", "POST auth/sign-in/"}


def test_every_operation_has_its_line_and_every_line_its_operation() -> None:
    known, typed = {found.operation for found in resolved("console")}, {line.operation for line in CONSOLE}
    assert known - typed == set(), "operations without a line in the policy file"
    assert typed - known == set(), "lines of the policy file without an operation"
    assert {str(line) for line in CONSOLE} == set(parts.CONSOLE_CALLS)


def test_every_view_declares_every_operation() -> None:
    assert [found.operation for found in resolved("console") if found.declares is False] == []
    assert {found.operation for found in resolved("console") if found.declares is None} == PAGES


def test_nobody_is_let_in_by_the_table_itself() -> None:
    assert _done_by("anonymous") == PAGES | DOOR


def test_without_a_second_factor_one_comes_to_nothing_but_the_door() -> None:
    assert _done_by("unproved") == PAGES | DOOR | {
        "POST auth/sign-out/",
        "POST auth/totp/setup/",
        "POST auth/password/",
    }


@pytest.mark.row("PL-07", "SE-05")
@pytest.mark.parametrize("line", CONSOLE, ids=str)
def test_the_console_answers_as_the_policy_says(scene: Scene, line: Line) -> None:  # noqa: F811
    wrong = []
    for case in line.cases:
        with undone():
            who = _caller(case.caller)
            call = parts.CONSOLE_CALLS[str(line)](scene, case.caller, case.relation)
            method = line.operation.partition(" ")[0].lower()
            if who is not None and call.by_cookie:
                response = who.browser.call(method, call.path, call.body)
            else:
                api = who.client if who else Api(host=HOST)
                response = api.call(method, call.path, call.body, params=call.params, headers=call.headers)
            if response.status_code != case.status:
                told = response.content.decode(errors="replace")[:300]
                wrong.append(f"{case.caller}: {response.status_code} not {case.status} {told}")
    assert wrong == [], "\n".join(wrong)


def _done_by(caller: str) -> set[str]:
    return {line.operation for line in CONSOLE for case in line.cases if case.caller == caller and case.status < 400}


def _caller(name: str) -> OperatorPerson | None:
    assert name in OPERATORS
    if name == "anonymous":
        return None
    if name != "unproved":
        # Somebody else is chief as well: what is tested is the right, not that the last one must stay.
        make_operator("chief")
    return make_operator("support", proved=False) if name == "unproved" else make_operator(name)


@pytest.mark.row("PL-07", "SE-07")
def test_keys_and_cookies_of_companies_mean_nothing_here(scene: Scene) -> None:  # noqa: F811
    owner = scene.people["owner"]
    for line in CONSOLE:
        if line.operation in PAGES | DOOR:
            continue
        method, _, path = line.operation.partition(" ")
        filled = path.replace("{promise_id}", "00000000-0000-0000-0000-000000000001").replace("{code}", "basic")
        for name in ("company_id", "session_id", "announcement_id", "operator_id", "appeal_id", "file_id"):
            filled = filled.replace(f"{{{name}}}", "1")
        for way in ({"token": owner.token}, {"cookie": owner.cookie}):
            with undone():
                response = Api(host=HOST, **way).call(method.lower(), filled, {} if method != "GET" else None)
                assert response.status_code == 401, f"{line}: {response.status_code}"
