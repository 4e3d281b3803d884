"""Base for endpoints of what belongs to a card and has an address of its own: `/comments/<id>/`."""

from core.access.queries import visible_card
from core.context import enabled_modules
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.errors import ModuleOff, NotFound
from core.registry import registry

from .views import CompanyView


class BelongingView(CompanyView):
    """An operation on a belonging: whoever may not see its card must not learn of it."""

    def card_of(self, entity: Entity) -> tuple[EntityKind, Entity]:
        """The card behind a common row with its kind. NotFound when the caller may not see it, ModuleOff."""
        kind = registry.kind(entity.kind)
        if kind is None:
            raise NotFound()
        if kind.module in registry.modules and kind.module not in enabled_modules():
            raise ModuleOff(module=kind.module)
        return kind, visible_card(self.actor, kind, entity.pk)
