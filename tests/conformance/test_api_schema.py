"""The committed API documents are those of the code, of all modules, and name no host."""

import json

import pytest

from infra.api_schema import build
from infra.env import ROOT
from tests.isolation.operations import operations

SIDES = ("public", "company", "console")


def committed(side: str) -> dict:
    return json.loads((ROOT / "docs" / "api" / f"{side}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("side", SIDES)
def test_the_committed_document_is_current(side):
    """After a change of the API: python manage.py write_api, then npm run gen in frontend/."""
    assert committed(side) == json.loads(json.dumps(build(side), default=str))


@pytest.mark.parametrize("side", SIDES)
def test_it_names_no_host(side):
    document = committed(side)
    assert not document.get("servers")
    assert "localhost" not in json.dumps(document)


@pytest.mark.parametrize("side", SIDES)
def test_every_operation_is_described_and_named_once(side):
    document = committed(side)
    described = {
        (method, path.strip("/")): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    names = [operation["operationId"] for operation in described.values()]
    assert len(names) == len(set(names))
    for op in operations(side):
        path = op.route
        for kind in ("int:", "str:", "slug:", "uuid:"):
            path = path.replace(f"<{kind}", "{")
        assert (op.method, path.replace("<", "{").replace(">", "}").strip("/")) in described, str(op)


def test_switches_do_not_change_the_document(owner):
    before = owner.client.get("schema/").json()
    assert owner.client.patch("modules/tasks/", {"enabled": False}).status_code == 200
    assert owner.client.get("schema/").json() == before


def described(side: str) -> list[tuple[str, str, dict]]:
    """(method, path, operation) of a side."""
    paths = committed(side)["paths"]
    return [(method, path, told) for path, methods in paths.items() for method, told in methods.items()]


def statuses(operation: dict) -> set[int]:
    return {int(code) for code in operation["responses"]}


def test_every_operation_says_how_its_caller_is_known():
    document = committed("company")
    assert set(document["components"]["securitySchemes"]) == {"session", "csrf", "token"}
    anonymous = {f"{method} {path}" for method, path, told in described("company") if "security" not in told}
    assert anonymous == {
        "get /api/v1/auth/state/",
        "get /api/v1/company/logo/{version}/",
        "post /api/v1/auth/sign-in/",
        "post /api/v1/auth/token/",
        "post /api/v1/auth/ticket/",
        "post /api/v1/auth/password-reset/",
        "post /api/v1/auth/password-reset/confirm/",
        "post /api/v1/auth/email-proof/confirm/",
        "post /api/v1/auth/email-change/confirm/",
        "post /api/v1/auth/email-change/refuse/",
        "get /api/v1/auth/invitation/",
        "post /api/v1/auth/invitation/accept/",
        "post /api/v1/support/enter/",
        # Telegram itself, known by the secret in its header.
        "post /api/v1/hooks/telegram/",
    }
    by_person_only = {
        f"{method} {path}"
        for method, path, told in described("company")
        if told.get("security") == [{"csrf": [], "session": []}]
    }
    assert by_person_only == {
        "post /api/v1/auth/tokens/",
        "post /api/v1/auth/totp/setup/",
        "post /api/v1/auth/totp/confirm/",
        "post /api/v1/auth/totp/disable/",
        "post /api/v1/auth/email-change/",
        "post /api/v1/company/copies/{copy_id}/download/",
        "delete /api/v1/auth/email-change/",
        "post /api/v1/auth/switch/",
        "post /api/v1/auth/move/",
        "post /api/v1/support/changes/",
        "post /api/v1/support/leave/",
        "post /api/v1/takeouts/",
        "post /api/v1/takeouts/{takeout_id}/open/",
        "post /api/v1/company/erasure/",
        "delete /api/v1/company/erasure/",
        "post /api/v1/persons/{employee_id}/data/",
        "post /api/v1/persons/{employee_id}/data/{file_id}/open/",
        "post /api/v1/persons/{employee_id}/anonymise/",
    }
    assert not any("security" in told for _, _, told in described("public")), "nobody is known on the bare host"


@pytest.mark.parametrize("side", SIDES)
def test_every_refusal_is_the_same_document(side):
    document = committed(side)
    for method, path, told in described(side):
        for code, response in told["responses"].items():
            if int(code) >= 400:
                assert response == {"$ref": f"#/components/responses/Refused{code}"}, (method, path, code)
    for refused in document["components"]["responses"].values():
        assert refused["content"] == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


# Addresses of modules, which may be off.
_OF_MODULES = ("tasks", "task-templates", "documents", "document-types", "document-templates", "case-files")


def test_operations_tell_what_they_may_refuse():
    for method, path, told in described("company"):
        assert {401, 403} <= statuses(told), path
        assert (404 in statuses(told)) == ("{" in path or path.split("/")[3] in _OF_MODULES), path
        assert (409 in statuses(told)) == (method != "get"), path
        assert ({400, 422} <= statuses(told)) or "requestBody" not in told, path
        versioned = any(parameter["name"] == "If-Match" for parameter in told.get("parameters", []))
        assert (412 in statuses(told)) == versioned, path
    versioned = {f"{method} {path}" for method, path, told in described("company") if 412 in statuses(told)}
    assert {
        "patch /api/v1/tasks/{card_id}/",
        "patch /api/v1/employees/{card_id}/",
        "patch /api/v1/roles/{code}/",
        "patch /api/v1/departments/{department_id}/",
        "patch /api/v1/company/",
    } <= versioned
    throttled = {path for _, path, told in described("company") + described("public") if 429 in statuses(told)}
    assert {"/api/v1/auth/sign-in/", "/api/v1/auth/tokens/", "/api/v1/signup/", "/api/v1/find-company/"} <= throttled


def test_what_sends_on_has_an_address_and_no_body():
    sent_on = [(path, told["responses"][code]) for _, path, told in described("company") for code in ("302", "303")
               if code in told["responses"]]  # fmt: skip
    assert [path for path, _ in sent_on] == [
        "/api/v1/attachments/{attachment_id}/content/",
        "/api/v1/auth/ticket/",
        "/api/v1/exports/{export_id}/content/",
        "/api/v1/help/files/{file_id}/content/",
        "/api/v1/imports/{import_id}/bad-rows/",
        "/api/v1/support/enter/",
    ]
    for _, response in sent_on:
        assert "content" not in response and response["headers"]["Location"]["required"] is True


@pytest.mark.parametrize("side", SIDES)
def test_shapes_have_names_that_people_gave(side):
    named = [name for name in committed(side)["components"]["schemas"] if name.endswith(("Enum", "Choice"))]
    assert set(named) <= {"BlankChoice", "NullChoice"}
