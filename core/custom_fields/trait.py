"""What types and fields of the company's own give to a card: a section, filters and sorts, lines of history."""

from collections.abc import Collection

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.jobs.registry import Job
from core.traits import Trait

from .actions.defining import FILL
from .events import FACTS
from .jobs import fill_keys
from .mixin import Customizable
from .permissions import MANAGE_FIELDS
from .queries import titles_for
from .rest.filters import PREFIX, widen
from .rest.routes import routes
from .rest.views import CardFieldsView
from .sheet import part


def _labels(actor: Actor, kind: EntityKind, names: Collection[str]) -> dict[str, str]:
    if not any(name.startswith(PREFIX) for name in names):
        return {}
    return {PREFIX + code: title for code, title in titles_for(actor, kind.code).items()}


trait = Trait(
    code="custom_fields",
    mixin=Customizable,
    card_views=(("fields/", CardFieldsView),),
    routes=routes,
    facts=FACTS,
    jobs=(Job(FILL, fill_keys, time_limit=600),),
    permissions=(MANAGE_FIELDS,),
    widen=widen,
    sheet=part,
    labels=_labels,
)
