"""Nothing that a mechanism shows tells of a card to somebody who may not see it."""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from core.checklists.mixin import Checkable
from core.custom_fields.mixin import Customizable
from core.entities.kinds import EntityKind
from core.registry import registry

from .scene import MARK, TITLE, Scene, doors_of_card, has_own
from .tools import TOOLS, linkable

KINDS = sorted(registry.kinds(), key=lambda kind: kind.code)
# Kinds whose files are less open than their cards.
SHUT = [kind for kind in KINDS if kind.files and issubclass(kind.model, Checkable)]
# Where the stranger has cards of his own, beside which the other could show.
NEAR = [kind for kind in linkable() if has_own(kind)]
# What the company's own words are: a status is the same for all cards of its type.
OPEN_WORDS = ("statuses",)
# What a person reads besides lists and cards.
OWN_PAGES = ("home/", "waiting/", "notices/", "trash/")
SEARCHED = ({"q": TITLE}, {"q": MARK})


def named(kind: EntityKind) -> str:
    return kind.code


@pytest.mark.row("PL-08", "SE-05")
@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_a_card_that_is_not_seen_is_told_of_nowhere(play, kind, deliver):
    scene = play(kind)
    furnish(scene)
    near = [(one, *beside_own(scene, one)) for one in NEAR]
    deliver()
    told = [page for beside in near for page in pages(scene.stranger, *beside)]
    told += common(scene, scene.stranger)
    assert [path for path, text in told if TITLE in text or MARK in text] == []
    heard = [page for beside in near for page in pages(scene.owner, *beside) if TITLE in page[1]]
    assert len(heard) >= len(near), "whoever sees it is told of it behind each of these cards"
    assert any(TITLE in text for _, text in common(scene, scene.owner)), "and finds it"
    for one in (one for one in NEAR if one.sheet):
        assert TITLE not in exported(scene, scene.stranger, one)
    assert kind.sheet is None or TITLE in exported(scene, scene.owner, kind)


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_what_is_not_seen_is_picked_as_if_it_were_not_there(play, kind):
    scene = play(kind)
    own = f"{NEAR[0].plural}/{replace(scene, kind=NEAR[0]).of_stranger()}/"
    there = scene.stranger.client.post(f"{own}links/", {"ref": scene.ref})
    nowhere = scene.stranger.client.post(f"{own}links/", {"ref": f"{kind.code}/{2**40}"})
    assert there.status_code == 422 and there.json() == nowhere.json()


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_what_is_thrown_away_is_found_no_more(play, kind, deliver):
    scene = play(kind)
    assert TOOLS["tags"].use(scene, scene.boss, {"tags": [MARK]}).status_code == 200
    deliver()
    assert scene.ref in found(scene.owner)
    scene.throw_away()
    deliver()
    assert scene.ref not in found(scene.owner)


@pytest.mark.parametrize("kind", SHUT, ids=named)
def test_a_file_that_is_shut_is_not_told_of_by_the_point_it_proves(play, kind):
    """Its name says what it is: whoever may not open files of the card does not read it in the checklist either."""
    scene = play(kind)
    file = TOOLS["attachments"].use(scene, scene.boss, TOOLS["attachments"].body(scene)).json()["id"]
    points = scene.boss.client.post(f"{scene.path}checklist/", {"points": [{"text": "Паспорт"}]}).json()["results"]
    ticked = scene.boss.client.post(f"checklist/{points[0]['id']}/tick/", {"file": file})
    assert ticked.status_code == 200 and MARK in ticked.content.decode()
    seen = scene.guest.client.get(f"{scene.path}checklist/")
    assert seen.status_code == 200 and seen.json()["results"][0]["outcome"] == "passed"
    told = scene.guest.client.get(f"{scene.path}history/")
    assert MARK not in seen.content.decode() + told.content.decode()


def furnish(scene: Scene) -> None:
    """Put on the card all that can stand on one of its kind."""
    for trait in registry.traits_of(scene.kind.model):
        tool = TOOLS.get(trait.code)
        if tool and trait.code not in OPEN_WORDS:
            answer = tool.use(scene, scene.boss, tool.body(scene))
            assert answer.status_code in (200, 201), answer.json()


def beside_own(scene: Scene, kind: EntityKind) -> tuple[int, str]:
    """A card of the stranger's own to which the owner has tied the other, also by a field of the company's: (id, code
    of the field)."""
    own = replace(scene, kind=kind).of_stranger()
    tied = scene.owner.client.post(f"{kind.plural}/{own}/links/", {"ref": scene.ref})
    assert tied.status_code == 201, tied.json()
    if not issubclass(kind.model, Customizable):
        return own, ""
    told = {"kind": kind.code, "title": "Основание", "type": "card", "settings": {"kinds": [scene.kind.code]}}
    code = scene.owner.client.post("custom-fields/", told).json()["code"]
    filled = scene.owner.client.patch(f"{kind.plural}/{own}/fields/", {"fields": {code: scene.ref}})
    assert filled.status_code == 200, filled.json()
    return own, code


def pages(who: Any, kind: EntityKind, card: int, field: str) -> list[tuple[str, str]]:
    """(address, answer) of all that is read of one card and of the list in which it stands."""
    path, more = f"{kind.plural}/{card}/", {"with": f"tags,fields.{field}"} if field else {}
    doors = [door for trait in registry.traits_of(kind.model) for door in doors_of_card(trait, path)]
    read = [(address, who.client.get(address)) for method, address in doors if method == "get"]
    read += [(path, who.client.get(path)), (f"{kind.plural}/", who.client.get(f"{kind.plural}/", **more))]
    return [(address, answer.content.decode()) for address, answer in read]


def common(scene: Scene, who: Any) -> list[tuple[str, str]]:
    """The same of what a person reads about all his cards."""
    read = [(path, who.client.get(path)) for path in OWN_PAGES]
    read += [(f"search {asked}", who.client.get("search/", **asked)) for asked in SEARCHED]
    read.append(("search/cards/", who.client.get("search/cards/", refs=scene.ref)))
    assert [path for path, answer in read if answer.status_code != 200] == []
    return [(path, answer.content.decode()) for path, answer in read]


def exported(scene: Scene, who: Any, kind: EntityKind) -> str:
    """The list of a kind as a file that somebody has asked for and opened."""
    answer = who.client.post("exports/", {"kind": kind.code, "format": "csv"})
    assert answer.status_code == 201, answer.json()
    scene.deliver()
    opened = who.client.get(f"exports/{answer.json()['id']}/content/")
    assert opened.status_code == 302, opened.json()
    return httpx.get(opened["Location"]).content.decode("utf-8-sig")


def found(who: Any) -> set[str]:
    answer = who.client.get("search/", q=TITLE)
    assert answer.status_code == 200, answer.json()
    return {hit["card"]["ref"] for hit in answer.json()["results"]}
