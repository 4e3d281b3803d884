"""Writing reads down."""

from collections.abc import Iterable

from core.access.actor import Actor
from core.organization.models import Employee
from core.verb import verb

from .kinds import FIELDS_SHOWN
from .models import Read
from .noting import Noted

_LONGEST = Read._meta.get_field("detail").max_length


@verb
def write_reads(noted: Iterable[Noted], *, by: Actor) -> None:
    """Put reads into the log, each once however often one answer has told it; fields of one's own card are left out."""
    lines = list(dict.fromkeys(noted))
    cards = {line.card for line in lines if line.card is not None}
    # A person's own card says whose data they are.
    found = Employee.objects.filter(pk__in=cards).values_list("pk", "principal_id") if cards else ()
    persons = dict(found)
    Read.objects.bulk_create(
        Read(
            kind=line.kind.code,
            reader_id=by.principal_id,
            whose_id=persons.get(line.card or 0),
            card=line.card,
            detail=line.detail[:_LONGEST],
            count=line.count,
            door=by.door,
        )
        for line in lines
        if not (line.kind is FIELDS_SHOWN and persons.get(line.card or 0) == by.principal_id)
    )
