"""What people of a company do: write, go on, close, open again. In a control scope with the company's row locked.

The lock makes the limits of a day exact: of two who write at once the second counts the first.
"""

import uuid
from collections.abc import Mapping, Sequence

from django.conf import settings

from core.access.actor import Actor
from core.errors import Forbidden
from core.events.bus import Event, emit
from core.verb import verb
from tenants.appeals.errors import AppealIsClosed, EnoughForToday, NotTakenHere
from tenants.appeals.events import AppealClosed, AppealGoesOn, AppealMade, AppealReopened
from tenants.appeals.models import Appeal, Line
from tenants.appeals.queries import Reader, said_today
from tenants.appeals.rules import WORDS_OF_COMPANY, WORDS_OF_PERSON, read_context, read_text, topic_of
from tenants.models import Company
from tenants.queries import locked
from tenants.snapshots import inside

from .saying import locked_appeal, move, said_already, send_papers

_EMPLOYEE = "employee"


def must_be_taken(by: Actor) -> None:
    """Refuse whoever works elsewhere, and everybody on an own server. Errors: NotTakenHere, Forbidden."""
    if settings.ONE_COMPANY:
        raise NotTakenHere()
    if by.kind != _EMPLOYEE:
        raise Forbidden("В поддержку пишут сотрудники компании. Обратитесь к тому, кто вас пригласил")


@verb
def make_appeal(
    schema: str, *, key: uuid.UUID, text: str, context: Mapping[str, str], files: Sequence[int], by: Actor
) -> Appeal:
    """Ask the service's people something; the same key finds what it has made.

    Errors: NotTakenHere, Forbidden, EnoughForToday, Invalid, PaperIsRejected.
    """
    must_be_taken(by)
    company = locked(schema)
    known = Appeal.objects.filter(company=company, principal_id=by.principal_id, key=key).first()
    if known is not None:
        return known
    said = read_text(text)
    _must_have_words_left(company, by)
    appeal = Appeal.objects.create(
        company=company,
        key=key,
        principal_id=by.principal_id,
        author=by.name,
        topic=topic_of(said),
        context=read_context(context),
    )
    _put(appeal, key, said, files, by)
    _tell(company, AppealMade(None, appeal.pk), by)
    return appeal


@verb
def go_on(schema: str, appeal_id: int, *, key: uuid.UUID, text: str, files: Sequence[int], by: Actor) -> Line:
    """Say more; the appeal waits for the service again.

    Errors: NotTakenHere, Forbidden, NotFound, AppealIsClosed, EnoughForToday, Invalid, PaperIsRejected.
    """
    must_be_taken(by)
    company, appeal = _own(schema, appeal_id, by)
    known = said_already(appeal, key)
    if known is not None:
        return known
    if appeal.state == Appeal.State.CLOSED:
        raise AppealIsClosed()
    said = read_text(text)
    _must_have_words_left(company, by)
    line = _put(appeal, key, said, files, by)
    move(appeal, Appeal.State.NEW)
    _tell(company, AppealGoesOn(None, appeal.pk), by)
    return line


@verb
def close_own(schema: str, appeal_id: int, *, by: Actor) -> Appeal:
    """Nothing more is wanted; a repetition finds it closed. Errors: NotFound, Forbidden, NotTakenHere."""
    must_be_taken(by)
    company, appeal = _own(schema, appeal_id, by)
    if appeal.state != Appeal.State.CLOSED:
        move(appeal, Appeal.State.CLOSED)
        _tell(company, AppealClosed(None, appeal.pk), by)
    return appeal


@verb
def reopen(schema: str, appeal_id: int, *, by: Actor) -> Appeal:
    """It is not settled after all; one that is open stays as it is. Errors: NotFound, Forbidden, NotTakenHere."""
    must_be_taken(by)
    company, appeal = _own(schema, appeal_id, by)
    if appeal.state == Appeal.State.CLOSED:
        move(appeal, Appeal.State.NEW)
        _tell(company, AppealReopened(None, appeal.pk), by)
    return appeal


def _own(schema: str, appeal_id: int, by: Actor) -> tuple[Company, Appeal]:
    company = locked(schema)
    Reader(company.pk, by).appeal(appeal_id)
    return company, locked_appeal(appeal_id)


def _must_have_words_left(company: Company, by: Actor) -> None:
    own, all_of_it = said_today(company.pk, by.principal_id)
    if own >= WORDS_OF_PERSON or all_of_it >= WORDS_OF_COMPANY:
        raise EnoughForToday()


def _put(appeal: Appeal, key: uuid.UUID, text: str, files: Sequence[int], by: Actor) -> Line:
    line = Line.objects.create(appeal=appeal, key=key, principal_id=by.principal_id, author=by.name, text=text)
    send_papers(line, files, principal_id=by.principal_id)
    return line


def _tell(company: Company, fact: Event, by: Actor) -> None:
    with inside(company):
        emit(fact, by=by)
