"""Addresses of a kind of card: the collection, the card, its verbs and the sub-resources that its traits give."""

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, path

from core.entities.kinds import EntityKind, Routed
from core.traits import Trait

from .cards import module_of

_LIST = {"get": "list", "post": "create"}
_CARD = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}


def card_routes(kind: EntityKind, traits: Iterable[Trait]) -> Iterator[URLPattern]:
    """Paths below `/<plural>/`; only methods that the viewset has are routed."""
    viewset, plural = kind.viewset, kind.plural
    known = {"kind": kind, "module": module_of(kind)}
    for sub_path, methods in viewset.extra_routes.items():
        yield path(f"{plural}/{sub_path}", viewset.as_view(methods, **known))
    yield path(f"{plural}/", viewset.as_view(_present(viewset, _LIST), **known))
    yield path(f"{plural}/<int:card_id>/", viewset.as_view(_present(viewset, _CARD), **known))
    for trait in traits:
        for sub_path, view in trait.card_views:
            yield path(f"{plural}/<int:card_id>/{sub_path}", view.as_view(kind=kind))


def _present(viewset: type[Routed], methods: dict[str, str]) -> dict[str, str]:
    return {method: action for method, action in methods.items() if hasattr(viewset, action)}
