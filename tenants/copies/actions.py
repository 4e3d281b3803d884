"""What people do with the copies of their company."""

from core.access.actor import Actor
from core.errors import NotFound
from core.events.bus import emit
from core.verb import verb
from tenants.events import CopyTaken
from tenants.models import CompanyCopy
from tenants.permissions import MANAGE_COPIES
from tenants.queries import locked
from tenants.snapshots import inside


@verb
def take_copy(schema: str, copy_id: int, *, by: Actor) -> CompanyCopy:
    """Give out a copy to be downloaded; the history says who has taken which. NotFound. In a control scope."""
    by.must(MANAGE_COPIES)
    company = locked(schema)
    found = CompanyCopy.objects.filter(company=company, pk=copy_id).first()
    if found is None:
        raise NotFound()
    with inside(company):
        emit(CopyTaken(None, made_at=found.made_at.isoformat()), by=by)
    return found
