"""What every list of cards has: views of it, groups among them, files that are written from it and read again."""

import pytest

from core.context import company_scope
from core.imports.rules.guessing import guess
from core.registry import registry
from core.sheets.queries import layout_of

from .scene import MARK, has_own

KINDS = sorted(registry.kinds(), key=lambda kind: kind.code)
NOBODY = 2**40


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_view_is_its_owners_until_he_shares_it(play, kind):
    scene = play(kind)
    told = {"kind": kind.code, "title": MARK}
    own = scene.boss.client.post("views/", told)
    assert own.status_code == 201, own.json()
    assert MARK in scene.boss.client.get("views/", kind=kind.code).content.decode()
    for who in (scene.guest, scene.owner):
        assert MARK not in who.client.get("views/", kind=kind.code).content.decode()
        for method in ("patch", "delete"):
            there, nowhere = (who.client.call(method, f"views/{pk}/", {}) for pk in (own.json()["id"], NOBODY))
            assert there.status_code == 404 and there.json() == nowhere.json()
    assert scene.guest.client.post("views/", told | {"audience": "all"}).status_code == 403
    shared = scene.owner.client.post("views/", told | {"audience": "all"}).json()["id"]
    assert MARK in scene.guest.client.get("views/", kind=kind.code).content.decode()
    assert scene.guest.client.patch(f"views/{shared}/", {"title": "Моё"}).status_code == 403


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not has_own(kind)], ids=lambda kind: kind.code)
def test_views_of_a_list_that_is_not_seen_are_not_there(play, kind):
    scene = play(kind)
    shared = scene.owner.client.post("views/", {"kind": kind.code, "title": MARK, "audience": "all"}).json()["id"]
    assert scene.stranger.client.get("views/", kind=kind.code).status_code == 422
    assert scene.stranger.client.patch(f"views/{shared}/", {}).status_code == 404


@pytest.mark.parametrize("kind", [kind for kind in KINDS if has_own(kind)], ids=lambda kind: kind.code)
def test_a_group_holds_for_each_what_he_sees(play, kind):
    scene = play(kind)
    own = scene.of_stranger()
    for card in (scene.card, own):
        tags = scene.owner.client.put(f"{kind.plural}/{card}/tags/", {"tags": [MARK]}).json()["results"]
    told = {"kind": kind.code, "title": "Группа", "is_group": True, "audience": "all"}
    made = scene.owner.client.post("views/", told | {"params": {"tag": str(tags[0]["id"])}})
    assert made.status_code == 201, made.json()
    assert "Группа" in scene.boss.client.get(f"{scene.path}groups/").content.decode()
    asked = {"in_view": made.json()["id"]}
    for who, card in ((scene.boss, scene.card), (scene.stranger, own)):
        held = who.client.get(f"{kind.plural}/", **asked)
        assert held.status_code == 200 and [row["id"] for row in held.json()["results"]] == [card]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.sheet], ids=lambda kind: kind.code)
def test_what_a_list_is_written_to_can_be_read_again(play, kind):
    """Each column that is read is known by the header under which it is written."""
    scene = play(kind)
    with company_scope(scene.company):
        columns = layout_of(scene.owner.actor(), kind).columns
        read = [column for column in columns if column.is_read]
        found = guess([column.title for column in columns], [], read)
    assert read and {columns[int(place)].code: code for place, code in found.items()} == {
        column.code: column.code for column in read
    }
