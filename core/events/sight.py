"""Who may know of which facts, besides whom their card is shown to: some are for holders of a permission alone."""

from core.access.actor import Actor
from core.access.permissions import Permission
from core.registry import registry


def narrow_kinds() -> dict[str, Permission]:
    """Kinds of facts that only holders of a permission may know of, and which."""
    return {kind: fact.needs for kind, fact in registry.facts().items() if fact.needs is not None}


def kinds_kept_from(actor: Actor) -> list[str]:
    """Kinds of facts that the actor may not know of. Whoever reads facts for somebody leaves these out."""
    return [kind for kind, needs in narrow_kinds().items() if not actor.may(needs)]
