"""Files that go with words: begun, arrived, passed or rejected. In a control scope.

One that is left out is simply not sent: it goes after a day.
"""

from core.access.actor import Actor
from core.outbox.queries import promise
from core.storage import CompanyStore
from core.verb import verb
from tenants.appeals.errors import EnoughFilesForToday
from tenants.appeals.models import Paper
from tenants.appeals.queries import Reader, brought_today
from tenants.appeals.rules import PAPERS_OF_COMPANY, PAPERS_OF_PERSON, read_paper
from tenants.queries import locked

from .people import must_be_taken

CHECK = "job:appeals.check"
_State = Paper.State


@verb
def begin_paper(schema: str, *, name: str, size: int, content_type: str, by: Actor) -> Paper:
    """Make room for a file. Errors: NotTakenHere, Forbidden, Invalid on `name` and `size`, EnoughFilesForToday."""
    must_be_taken(by)
    plain, declared = read_paper(name, size, content_type)
    company = locked(schema)
    own, all_of_it = brought_today(company.pk, by.principal_id)
    if own >= PAPERS_OF_PERSON or all_of_it >= PAPERS_OF_COMPANY:
        raise EnoughFilesForToday()
    return Paper.objects.create(
        company=company,
        principal_id=by.principal_id,
        name=plain,
        size=size,
        content_type=declared,
        storage_key=CompanyStore(schema).new_sent_key(),
    )


@verb
def complete_paper(schema: str, paper_id: int, *, by: Actor) -> Paper:
    """The bytes have arrived: have them checked. Asking again changes nothing. Errors: NotFound."""
    company = locked(schema)
    paper = Reader(company.pk, by).own_paper(paper_id)
    if paper.state == _State.UPLOADING:
        paper.state = _State.CHECKING
        paper.save(update_fields=["state"])
        promise(CHECK, paper.pk)
    return paper


@verb
def judge_paper(paper_id: int, *, refusal: str, content_type: str, checksum: str) -> None:
    """What the check has found; nothing when nobody waits for it any more."""
    paper = Paper.objects.select_for_update().filter(pk=paper_id, state=_State.CHECKING).first()
    if paper is None:
        return
    if refusal:
        paper.state, paper.reason = _State.REJECTED, refusal[:300]
    else:
        paper.state, paper.content_type, paper.checksum = _State.READY, content_type, checksum
    paper.save(update_fields=["state", "reason", "content_type", "checksum"])
