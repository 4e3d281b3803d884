"""A list of any kind as a file there and back: exported, spoilt, checked, corrected, imported, taken back.

Everything is done as people do it, through a real store and real commits: an undo is done by the owner of the tables.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook

from core.entities.kinds import EntityKind
from core.entities.sheets import Cell
from core.registry import registry
from tenants.snapshots import find
from tests.conftest import owner_of
from tests.core.imports.desk import Desk, table
from tests.support.committed import Committed
from tests.support.promises import keep_promises

from .scene import MAKERS, Scene, build
from .tools import TOOLS

pytestmark = pytest.mark.committed
KINDS = [kind for kind in registry.kinds() if kind.sheet and kind.sheet.make]
FORMS = ("csv", "xlsx")
WRONG = "Нет такого"
# What is left of files that came and went: the journal, numbers that were given, marks of readers,
# who was here when, who has seen what is sensitive.
LEFT = {"events_fact", "events_inbox", "imports_import", "sheets_export", "numbering_numbercounter",
        "attachments_leftover", "identity_session", "reads_read"}  # fmt: skip
Rows = list[list[str]]


@pytest.fixture
def scene_of(committed: Committed, store: Any, person: Callable[..., Any]) -> Callable[[EntityKind], Scene]:
    """`scene_of(kind)` makes a card of a kind with all that stands in its sheet; what is done there is committed."""

    def make(kind: EntityKind) -> Scene:
        company = find(host="alfa.localhost")
        assert company is not None
        scene = build(company, kind, owner_of(company), person, keep_promises)
        for trait in registry.traits_of(kind.model):
            if trait.sheet and trait.code in TOOLS:
                answer = TOOLS[trait.code].use(scene, scene.boss, TOOLS[trait.code].body(scene))
                assert answer.status_code == 200, answer.json()
        if settle := MAKERS[kind.code].settle:
            settle(scene.boss, scene.card)
        scene.deliver()
        return scene

    return make


def exported(scene: Scene, form: str) -> tuple[bytes, Rows]:
    """The whole list as a file, and as rows of texts, the header first."""
    client = scene.owner.client
    asked = client.post("exports/", {"kind": scene.kind.code, "format": form})
    assert asked.status_code == 201, asked.json()
    scene.deliver()
    content = httpx.get(client.get(f"exports/{asked.json()['id']}/content/")["Location"]).content
    if form == "xlsx":
        return content, CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return content, list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def told(scene: Scene, headers: set[str]) -> Counter[tuple[str, ...]]:
    """How many cards there are that say the same in these columns."""
    _, (header, *rows) = exported(scene, "csv")
    places = [place for place, title in enumerate(header) if title in headers]
    return Counter(tuple(row[place] for place in places) for row in rows)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_what_is_exported_is_imported_and_taken_back_without_a_trace(scene_of, committed, kind):
    scene = scene_of(kind)
    assert kind.sheet is not None
    for form in FORMS:
        content, (header, *rows) = exported(scene, form)
        desk = Desk(scene.owner.client, scene.deliver)
        before = committed.digest(scene.company.schema, but=LEFT)
        found = desk.bring(content, name=f"Список.{form}", kind=kind.code)
        assert desk.choose(twins="").status_code == 200, "what stands is wanted once more"
        headers = {header[int(place)] for place in found["mapping"]}
        headers -= {column.title for column in kind.sheet.columns if not column.is_read}
        stood = told(scene, headers)
        assert len(headers) > 3 and sum(stood.values()) == len(rows) >= 1
        checked = desk.check()
        assert (checked["good_count"], checked["bad_count"]) == (len(rows), 0), desk.problems()
        assert committed.digest(scene.company.schema, but=LEFT) == before, "a dry run makes nothing"
        assert desk.run()["made_count"] == len(rows)
        assert told(scene, headers) == Counter({row: 2 * count for row, count in stood.items()})
        assert scene.owner.client.post(f"imports/{desk.id}/undo/", {}).json()["state"] == "undoing"
        scene.deliver()
        assert (desk.now()["state"], desk.now()["kept_count"]) == ("undone", 0)
        assert committed.digest(scene.company.schema, but=LEFT) == before


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_wrong_cell_stops_the_file_until_it_is_corrected(scene_of, committed, kind):
    scene = scene_of(kind)
    _, (header, *rows) = exported(scene, "csv")
    assert kind.sheet is not None
    column = next(one for one in kind.sheet.columns if one.cell == Cell.CHOICE and one.is_read)
    place = header.index(column.title)
    right, rows[-1][place] = rows[-1][place], WRONG
    desk = Desk(scene.owner.client, scene.deliver)
    before = committed.digest(scene.company.schema, but=LEFT)
    desk.bring(table(header, *rows), name="Список.csv", kind=kind.code)
    assert desk.choose(twins="").status_code == 200, "what stands is wanted once more"
    assert desk.check()["bad_count"] == 1
    (bad,) = desk.problems()
    assert (bad["row"], set(bad["errors"]), bad["cells"][column.code]) == (len(rows) + 1, {column.code}, WRONG)
    refused = desk.client.post(f"imports/{desk.id}/run/", {})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/import-bad-rows")
    assert committed.digest(scene.company.schema, but=LEFT) == before
    assert desk.fix(bad["row"], column.code, right).json()["problem"] is None
    assert desk.run()["made_count"] == len(rows)
