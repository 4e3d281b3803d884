"""Work on appeals: the check of their files, what goes with time, a name that a person has lost."""

import logging
from collections.abc import Iterable, Sequence

from core.attachments.jobs import look_at
from core.context import Company, company_scope, control_scope
from core.events.bus import Told
from core.organization.models import Employee
from core.storage import CompanyStore

from .actions.papers import judge_paper
from .models import Appeal, Line, Paper
from .queries import papers_in, settled, unsent

log = logging.getLogger(__name__)
_BATCH = 100


def check_paper(company: None, paper_id: int) -> None:
    """Look at the bytes of a file as at those of any card; killed anywhere, it starts over."""
    with control_scope():
        rows = Paper.objects.select_related("company").filter(pk=paper_id, state=Paper.State.CHECKING)
        paper = rows.first()
    if paper is None:
        return
    store = CompanyStore(paper.company.schema_name)
    found = look_at(store, paper)
    with control_scope():
        judge_paper(paper_id, refusal=found.refusal, content_type=found.content_type, checksum=found.checksum)
    # The verdict stands: nobody asks for these bytes again.
    store.remove(store.quarantine_of(paper.storage_key))


def tidy_appeals(company: None, subject_id: int) -> None:
    """Let go of files that nobody has sent, and of what was settled long ago."""
    while True:
        with control_scope():
            papers = unsent(_BATCH)
        _remove_bytes(papers)
        with control_scope():
            # Sent meanwhile: its words keep it, though its bytes are gone; nobody sends a day-old file by chance.
            Paper.objects.filter(pk__in=[paper.pk for paper in papers], line=None).delete()
        if len(papers) < _BATCH:
            break
    while True:
        with control_scope():
            appeals = settled(_BATCH)
            papers = papers_in(appeals)
        _remove_bytes(papers)
        with control_scope():
            Appeal.objects.filter(pk__in=[appeal.pk for appeal in appeals]).delete()
        if len(appeals) < _BATCH:
            break


def forget_names(company: Company, facts: Sequence[Told]) -> None:
    """Whoever has lost his name in the company has lost it here, too; what he has written stays as he wrote it."""
    ids = [told.ref.id for told in facts if told.ref is not None]
    with company_scope(company):
        rows = Employee.objects.filter(pk__in=ids)
        names = {row.principal_id: row.full_name for row in rows}
    with control_scope():
        for principal, name in names.items():
            Appeal.objects.filter(company_id=company.id, principal_id=principal).update(author=name)
            Line.objects.filter(appeal__company_id=company.id, principal_id=principal).update(author=name)


def _remove_bytes(papers: Iterable[Paper]) -> None:
    """Outside of any scope; what is gone already is no error."""
    for paper in papers:
        store = CompanyStore(paper.company.schema_name)
        store.remove(store.quarantine_of(paper.storage_key))
        store.remove(paper.storage_key)
