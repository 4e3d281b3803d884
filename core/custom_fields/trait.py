"""What types and fields of the company's own give to a card: a section, filters, sorts, columns, lines of history."""

from collections.abc import Collection

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.handover.registry import Stays
from core.jobs.registry import Job
from core.traits import Cells, Trait

from .actions.defining import FILL
from .actions.restoring import is_kept, put_back
from .events import FACTS
from .jobs import fill_keys
from .mixin import Customizable
from .models import FieldKey
from .noting import note_values
from .permissions import MANAGE_FIELDS
from .queries import hidden_from, named_for, outdoes
from .rest.cells import known, read
from .rest.filters import widen
from .rest.routes import routes
from .rest.views import CardFieldsView
from .rules.shapes import PREFIX
from .sheet import part


def _labels(actor: Actor, kind: EntityKind, names: Collection[str]) -> dict[str, str]:
    if not any(name.startswith(PREFIX) for name in names):
        return {}
    fields, seen = named_for(actor, kind.code)
    note_values(fields, [one for one in seen if PREFIX + one.code in names], how="в истории: ")
    return {PREFIX + one.code: one.title for one in seen}


def _conceals(actor: Actor, kind: EntityKind) -> set[str]:
    return {PREFIX + code for code in hidden_from(actor, kind.code)}


trait = Trait(
    code="custom_fields",
    mixin=Customizable,
    card_views=(("fields/", CardFieldsView),),
    routes=routes,
    facts=FACTS,
    jobs=(Job(FILL, fill_keys, time_limit=600),),
    permissions=(MANAGE_FIELDS,),
    widen=widen,
    cells=Cells(known, read),
    sheet=part,
    labels=_labels,
    conceals=_conceals,
    outdoes=outdoes,
    keeps=is_kept,
    put_back=put_back,
    stays=(Stays("what people have written about a card gives nobody work", ((FieldKey, "person"),)),),
)
