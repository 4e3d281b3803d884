"""Every mechanism on every kind that carries it: works for who may, refuses who may not, is unknown to the rest."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from core.attachments.mixin import Attachable
from core.entities.rest.bulk import Bulked
from core.registry import registry
from core.rest.displays import Displayed
from core.traits import Trait
from tests.core.attachments.samples import PDF

from .scene import MAKERS, Scene, doors_of_belonging, doors_of_card
from .tools import READ_ONLY, TOOLS, Tool

CARRIED = [
    (kind, trait)
    for trait in registry.traits.values()
    if trait.mixin
    for kind in registry.kinds()
    if issubclass(kind.model, trait.mixin)
]
FILED = [kind for kind in registry.kinds() if issubclass(kind.model, Attachable)]
USED = [(kind, trait) for kind, trait in CARRIED if trait.code in TOOLS]
NOBODY = 2**40
# What a kind has without a mixin, by its declaration.
DECLARED: dict[str, Callable[[Any], bool]] = {
    "bulk": lambda kind: issubclass(kind.viewset, Bulked),
    "displays": lambda kind: issubclass(kind.viewset, Displayed),
    "field rights": lambda kind: bool(kind.fields),
    "numbering": lambda kind: hasattr(kind.model, "NUMBER_PREFIX"),
    "restoring": lambda kind: kind.put_back is not None,
    "sheets": lambda kind: kind.sheet is not None,
}
# What a single kind has so far, and may therefore still be shaped by. Whoever gives one of them to a second kind
# strikes it off here.
ON_ONE_KIND: set[str] = set()


def named(one: Any) -> str:
    return str(one.code)


def test_every_mechanism_has_its_line_here_and_every_kind_its_maker():
    assert {trait.code for trait in registry.traits.values() if trait.mixin} == set(TOOLS) | set(READ_ONLY)
    assert {kind.code for kind in registry.kinds()} == set(MAKERS)


def test_every_mechanism_stands_on_two_kinds_but_those_that_are_named():
    kinds = list(registry.kinds())
    carriers = {code: sum(map(has, kinds)) for code, has in DECLARED.items()}
    for trait in registry.traits.values():
        if trait.mixin:
            carriers[trait.code] = sum(issubclass(kind.model, trait.mixin) for kind in kinds)
    assert [code for code, count in carriers.items() if count == 0] == [], "no kind has it at all"
    lonely = {code for code, count in carriers.items() if count == 1}
    assert lonely == ON_ONE_KIND, "strike off what two kinds have; give a second kind to what one has"


@pytest.mark.parametrize(("kind", "trait"), USED, ids=named)
def test_it_works_for_whoever_may_and_whoever_only_sees_the_card_changes_nothing(play, kind, trait):
    scene, tool = play(kind), TOOLS[trait.code]
    body = tool.body(scene)
    if not tool.is_open(scene, scene.guest):
        refused = tool.use(scene, scene.guest, body)
        assert refused.status_code == 403, refused.json()
        assert not tool.is_on(scene, scene.boss) and tool.told not in scene.facts(scene.boss)
    answer = tool.use(scene, scene.boss, body)
    assert answer.status_code in (200, 201), answer.json()
    assert tool.is_on(scene, scene.boss)
    shown_to_others(scene, tool)
    kept_from_others(scene, trait, tool, answer)
    if tool.is_open(scene, scene.guest):
        assert tool.use(scene, scene.guest, body).status_code in (200, 201)
        assert tool.is_on(scene, scene.guest)


def shown_to_others(scene: Scene, tool: Tool) -> None:
    """Whoever sees the card is shown what the boss has put there, and the history tells of it."""
    if tool.own:
        assert not tool.is_on(scene, scene.guest)
        return
    assert tool.told in scene.facts(scene.boss)
    if tool.settle and not scene.opens_files(scene.guest):
        assert tool.read(scene, scene.guest).status_code == 403
        assert tool.told not in scene.facts(scene.guest), "what is shut is not told of either"
        return
    assert tool.is_on(scene, scene.guest) and tool.told in scene.facts(scene.guest)


def kept_from_others(scene: Scene, trait: Trait, tool: Tool, answer: Any) -> None:
    """Whoever only sees the card takes nothing off it that another has put there."""
    made = tool.made(answer) if tool.made else 0
    doors = list(doors_of_belonging(trait, made))
    assert bool(doors) == bool(made), "what has an address of its own says in `made` where it stands"
    for method, path in doors:
        if method in ("delete", "patch"):
            refused = scene.guest.client.call(method, path, {"text": "Иначе"})
            assert refused.status_code in (403, 404, 409), f"{method} {path}: {refused.content[:200]}"
    assert tool.is_on(scene, scene.boss)


@pytest.mark.parametrize(("kind", "trait"), CARRIED, ids=named)
def test_it_is_unknown_to_whoever_may_not_see_the_card(play, kind, trait, api, other_company, other_owner):
    """To a colleague, to another company, and to everybody when the card is in the trash."""
    scene, tool = play(kind), TOOLS.get(trait.code)
    body = tool.body(scene) if tool else None
    made = tool.use(scene, scene.boss, body) if tool else None
    doors = list(doors_of_card(trait, scene.path))
    if tool and tool.made:
        doors += doors_of_belonging(trait, tool.made(made))
    for method, path in doors:
        answer = scene.stranger.client.call(method, path, {})
        absent = scene.stranger.client.call(method, path.replace(f"/{path.split('/')[1]}/", f"/{NOBODY}/", 1), {})
        assert (answer.status_code, absent.status_code) == (404, 404), f"{method} {path}: {answer.content[:200]}"
        assert answer.json() == absent.json(), f"{method} {path} tells that there is something"
        assert api(scene.company, token=other_owner.token).call(method, path, {}).status_code == 401, path
    assert api(other_company, token=scene.owner.token).get(doors[0][1]).status_code == 401
    scene.throw_away()
    for method, path in doors:
        assert scene.owner.client.call(method, path, {}).status_code == 404, f"{method} {path} of a card in the trash"
    if tool:
        assert tool.use(scene, scene.owner, body).status_code == 404


@pytest.mark.parametrize("kind", FILED, ids=named)
def test_a_file_is_opened_byte_for_byte_by_those_alone_who_may(play, kind):
    scene, tool = play(kind), TOOLS["attachments"]
    path = f"attachments/{tool.use(scene, scene.boss, tool.body(scene)).json()['id']}/content/"
    guest = scene.opens_files(scene.guest)
    for who, opens in ((scene.boss, True), (scene.owner, True), (scene.guest, guest), (scene.stranger, False)):
        answer = who.client.get(path)
        assert answer.status_code == (302 if opens else 404), answer.content[:200]
        assert not opens or httpx.get(answer["Location"]).content == PDF
