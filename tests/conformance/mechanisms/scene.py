"""A card of any kind with people around it. The makers below are the only lines of these walks that name kinds."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from core.context import Company, company_scope
from core.entities import trash
from core.entities.kinds import EntityKind
from core.organization.permissions import EDIT_PEOPLE
from core.registry import registry
from core.rest.belongings import BelongingView
from core.sheets.permissions import EXPORT
from core.traits import Trait

TITLE, MARK = "Негласный Юбилей", "Приметное слово"
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Maker:
    """How cards of one kind come to be.

    `own(boss, guest, title)` is one for which the boss answers, and which the guest sees without any right to change
    it; `beside(boss, guest, other)` is a second one that all three see. Both give an id. `right` is what the boss needs
    for all cards, beside what everybody has, to do whatever can be done with his own. `settle(boss, card)` brings a
    card into the state in which it stands in files.
    """

    own: Callable[[Any, Any, str], int]
    beside: Callable[[Any, Any, Any], int]
    right: str = ""
    settle: Callable[[Any, int], None] | None = None


def _made(who: Any, path: str, body: dict[str, Any]) -> int:
    answer = who.client.post(path, body)
    assert answer.status_code == 201, answer.json()
    return int(answer.json()["id"])


def _task(boss: Any, guest: Any, title: str) -> int:
    return _made(boss, "tasks/", {"title": title, "assignee": boss.id, "watchers": [guest.id]})


def _template(boss: Any, guest: Any, title: str) -> int:
    return _made(boss, "task-templates/", {"title": title, "assignees": [guest.id]})


def _document(boss: Any, guest: Any, title: str) -> int:
    """One that has been shown and taken back: what was never shown is its author's alone, what goes on is settled."""
    made = _made(boss, "documents/", {"title": title, "watchers": [guest.id]})
    for deed in ("submit", "back"):
        answer = boss.client.post(f"documents/{made}/do/{deed}/", {"text": "Дополнить"})
        assert answer.status_code == 200, answer.json()
    return made


def _registered(boss: Any, card: int) -> None:
    answer = boss.client.post(f"documents/{card}/do/register/")
    assert answer.status_code == 200, answer.json()


MAKERS: dict[str, Maker] = {
    "documents.document": Maker(
        _document, lambda boss, guest, other: _document(boss, guest, "Соседний"), settle=_registered
    ),
    "tasks.task": Maker(_task, lambda boss, guest, other: _task(boss, guest, "Соседняя")),
    "tasks.template": Maker(_template, lambda boss, guest, other: _template(boss, guest, "Соседний")),
    # Everybody answers for his own card, and his name is its title; his status he moves by a wider right alone.
    "organization.employee": Maker(
        lambda boss, guest, title: boss.id, lambda boss, guest, other: other.id, EDIT_PEOPLE.code
    ),
}
# What whoever makes cards of his own, and takes them out, must hold besides the right to see them.
RIGHTS = ("tasks.create", "documents.create", EXPORT.code)


@dataclass
class Scene:
    """`boss` answers for the card, `guest` sees it, `stranger` sees his own cards alone, `owner` owns the company.

    `deliver` keeps all promises of the product.
    """

    company: Company
    kind: EntityKind
    owner: Any
    boss: Any
    guest: Any
    other: Any
    stranger: Any
    card: int
    deliver: Callable[[], int]

    @property
    def path(self) -> str:
        return f"{self.kind.plural}/{self.card}/"

    @property
    def ref(self) -> str:
        return f"{self.kind.code}/{self.card}"

    def of_stranger(self) -> int:
        """A card of the kind for which the stranger himself answers."""
        return MAKERS[self.kind.code].own(self.stranger, self.stranger, "Своя")

    def throw_away(self) -> None:
        with company_scope(self.company):
            trash.trash(self.kind.model.objects.get(pk=self.card), by=self.owner.actor())

    def facts(self, who: Any) -> list[str]:
        """Kinds of what the history tells somebody of the card, newest first."""
        answer = who.client.get(f"{self.path}history/", limit=50)
        assert answer.status_code == 200, answer.json()
        return [line["kind"] for line in answer.json()["results"]]

    def opens_files(self, who: Any) -> bool:
        with company_scope(self.company):
            return self.kind.opens_files(who.actor(), self.kind.model.objects.get(pk=self.card))


def build(
    company: Company, kind: EntityKind, owner: Any, person: Callable[..., Any], deliver: Callable[[], int]
) -> Scene:
    boss, guest, other = (person(company, name=name) for name in (TITLE, "Гостев Олег", "Соседов Лев"))
    if right := MAKERS[kind.code].right:
        also = _role(owner, "Ведёт карточки", [{"permission": right, "scope": "all"}])
        given = owner.client.put(f"employees/{boss.id}/roles/", {"roles": ["employee", also]})
        assert given.status_code == 200, given.json()
    stranger = person(company, role=_narrow_role(owner), name="Посторонних Ян")
    card = MAKERS[kind.code].own(boss, guest, TITLE)
    return Scene(company, kind, owner, boss, guest, other, stranger, card, deliver)


def _narrow_role(owner: Any) -> str:
    """A role whose holders see cards of their own alone, and none of the kinds that are seen whole or not at all."""
    seeing = {kind.view.code for kind in registry.kinds() if has_own(kind)}
    grants = [{"permission": code, "scope": "own"} for code in sorted(seeing)]
    grants += [{"permission": code, "scope": "all"} for code in RIGHTS]
    return _role(owner, "Только своё", grants)


def _role(owner: Any, title: str, grants: list[dict[str, str]]) -> str:
    answer = owner.client.post("roles/", {"title": title, "grants": grants})
    assert answer.status_code == 201, answer.json()
    return str(answer.json()["code"])


def has_own(kind: EntityKind) -> bool:
    """Whether cards of a kind can be seen by those alone whose they are."""
    return "own" in kind.view.scopes


def doors_of_card(trait: Trait, path: str) -> Iterator[tuple[str, str]]:
    """(method, address) of all that a mechanism has below the card at `path`."""
    for tail, view in trait.card_views:
        for method in METHODS:
            if hasattr(view, method):
                yield method, path + re.sub(r"<\w+:\w+>", "1", tail)


def doors_of_belonging(trait: Trait, pk: int) -> Iterator[tuple[str, str]]:
    """(method, address) of all that a mechanism has for one of the things that it puts on cards."""
    for pattern in trait.routes:
        view: Any = getattr(pattern.callback, "cls", None) or getattr(pattern.callback, "view_class", None)
        if view is not None and issubclass(view, BelongingView):
            address = re.sub(r"<\w+:\w+>", str(pk), str(pattern.pattern))
            yield from ((method, address) for method in METHODS if hasattr(view, method))
