"""What operators do with an appeal: take it, answer, note something for one another, close it.

In a control scope; each is a line of the operators' journal. The company is told of an answer in its own transaction:
a line of its history by «Поддержка: …», a notice to whoever has spoken.
"""

import uuid

from core.access.loading import actor_of_principal
from core.events.bus import Event, emit
from core.identity.models import Principal
from core.notifications.actions import notify
from core.realtime.announcing import ring_after_commit
from core.verb import verb
from tenants.appeals.events import AppealAnswered, AppealClosed
from tenants.appeals.models import Appeal, Line, Paper
from tenants.appeals.notifications import ANSWER
from tenants.appeals.permissions import SEE_ALL
from tenants.appeals.queries import paper_of, queued, speakers
from tenants.appeals.rules import read_text
from tenants.console.actions.audit import note_deed
from tenants.console.actions.companies import locked_by_id
from tenants.console.operators import OperatorActor
from tenants.console.permissions import ANSWER as MAY_ANSWER
from tenants.console.presence import actor_in_company
from tenants.models import Company
from tenants.snapshots import inside

from .saying import locked_appeal, move, said_already

_State = Appeal.State


@verb
def take(appeal_id: int, *, by: OperatorActor) -> Appeal:
    """Make it one's own, from a colleague too; the company does not see whose it is. Errors: Forbidden, NotFound."""
    by.must(MAY_ANSWER)
    company, appeal = _locked(appeal_id)
    if appeal.operator_id != by.operator.pk:
        before, appeal.operator = appeal.operator_id, by.operator
        appeal.save(update_fields=["operator"])
        told = {"appeal": appeal.pk, "operator": by.operator.pk}
        note_deed("appeal.taken", by=by, company=company, before={"operator": before}, after=told)
    return appeal


@verb
def answer(appeal_id: int, *, key: uuid.UUID, text: str, waits: bool, by: OperatorActor) -> Line:
    """Answer the company's people; `waits` when they are asked something. A free one becomes the answerer's.

    Errors: Forbidden, NotFound, Invalid.
    """
    by.must(MAY_ANSWER)
    company, appeal = _locked(appeal_id)
    known = said_already(appeal, key)
    if known is not None:
        return known
    said = read_text(text)
    line = _put(appeal, key, said, by, is_note=False)
    owner = appeal.operator or by.operator
    move(appeal, _State.WAITING if waits else _State.ANSWERED, operator=owner)
    _tell(company, appeal, AppealAnswered(None, appeal.pk), by, said=line)
    told = {"appeal": appeal.pk, "state": appeal.state}
    note_deed("appeal.answered", by=by, company=company, after=told)
    return line


@verb
def note(appeal_id: int, *, key: uuid.UUID, text: str, by: OperatorActor) -> Line:
    """Say something that only operators read. Errors: Forbidden, NotFound, Invalid."""
    by.must(MAY_ANSWER)
    company, appeal = _locked(appeal_id)
    known = said_already(appeal, key)
    if known is not None:
        return known
    line = _put(appeal, key, read_text(text), by, is_note=True)
    note_deed("appeal.noted", by=by, company=company, after={"appeal": appeal.pk})
    return line


@verb
def close(appeal_id: int, *, by: OperatorActor) -> Appeal:
    """It is settled; whoever asked may open it again. Errors: Forbidden, NotFound."""
    by.must(MAY_ANSWER)
    company, appeal = _locked(appeal_id)
    if appeal.state != _State.CLOSED:
        move(appeal, _State.CLOSED)
        _tell(company, appeal, AppealClosed(None, appeal.pk), by)
        note_deed("appeal.closed", by=by, company=company, after={"appeal": appeal.pk})
    return appeal


@verb
def open_paper(appeal_id: int, paper_id: int, *, by: OperatorActor) -> Paper:
    """A file that went with the appeal, to be looked at; the journal says who did. Errors: Forbidden, NotFound."""
    by.must(MAY_ANSWER)
    appeal = queued(appeal_id)
    paper = paper_of(appeal, paper_id)
    told = {"appeal": appeal.pk, "file": paper.name}
    note_deed("appeal.file", by=by, company=appeal.company, after=told)
    return paper


def _locked(appeal_id: int) -> tuple[Company, Appeal]:
    """The company's row first, as everybody who writes takes them."""
    company = locked_by_id(queued(appeal_id).company_id)
    return company, locked_appeal(appeal_id)


def _put(appeal: Appeal, key: uuid.UUID, text: str, by: OperatorActor, *, is_note: bool) -> Line:
    told = {"operator": by.operator, "author": by.operator.full_name, "text": text, "is_note": is_note}
    return Line.objects.create(appeal=appeal, key=key, **told)


def _tell(company: Company, appeal: Appeal, fact: Event, by: OperatorActor, *, said: Line | None = None) -> None:
    """Say it inside the company; whoever has it open sees it, and of an answer people are told."""
    spoken = speakers(appeal)
    with inside(company):
        emit(fact, by=actor_in_company(by.operator))
        concerned = _who_still_reads(spoken, appeal.principal_id)
        if said is not None:
            notify(
                concerned,
                kind=ANSWER,
                subject=f"Ответ поддержки: {appeal.topic}",
                paragraphs=(said.text,),
                link_path=f"/help/{appeal.pk}",
                key=f"appeal-{said.pk}",
                reason="вы написали в поддержку",
            )
        ring_after_commit(concerned)


def _who_still_reads(spoken: set[int], asker: int) -> list[int]:
    """Whoever asked, and those who have spoken in his appeal while their rights let them read it."""
    found = Principal.objects.select_related("employee").filter(pk__in=spoken, is_active=True)
    return [one.pk for one in found if one.pk == asker or actor_of_principal(one, door="job").may(SEE_ALL)]
