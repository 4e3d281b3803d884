"""What operators do to work that was given up. In a control scope."""

import uuid

from core.outbox.bell import ring_after_commit
from core.verb import verb
from tenants.console.errors import NotParked
from tenants.console.operators import OperatorActor
from tenants.console.permissions import ACT
from tenants.console.queries import retry
from tenants.models import Company

from .audit import note_deed


@verb
def try_again(promise_id: uuid.UUID, *, by: OperatorActor) -> None:
    """Let given up work be tried from the beginning; NotParked when it is not given up any more."""
    by.must(ACT)
    done = retry(promise_id)
    if done is None:
        raise NotParked()
    schema, kind = done
    company = Company.objects.filter(schema_name=schema).first() if schema else None
    note_deed("work.retried", by=by, company=company, after={"kind": kind})
    ring_after_commit()
