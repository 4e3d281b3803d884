"""The committed API documents are those of the code, of all modules, and name no host."""

import json

import pytest

from infra.api_schema import build
from infra.env import ROOT
from tests.isolation.operations import operations

SIDES = ("public", "company")


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
