"""Verbs about personal data: have them in a file, take a name away, note what was agreed to."""

from datetime import date, datetime

from django.utils import timezone

from core.access.actor import Actor
from core.access.reach import must_not_be_above
from core.attachments.actions import discard, forget_files_of
from core.attachments.models import Attachment
from core.context import current_company
from core.custom_fields.models import CardFields, FieldKey
from core.entities.locks import lock, locked
from core.events.bus import emit
from core.events.models import Fact
from core.handover.models import Dismissal
from core.identity.events import EmailChangeAsked, EmailChanged
from core.identity.models import Invitation, Principal, User
from core.notifications.models import Delivery, Preference, PushSubscription
from core.organization.errors import NotYourself
from core.organization.models import Employee
from core.outbox.queries import promise
from core.storage import CompanyStore, file_named
from core.verb import verb

from .errors import HandoverRuns, PersonFileGone, PersonFilesSpent, PersonFileUnderway, StillWorks
from .events import PersonAnonymised, PersonDataAsked, PersonDataOpened
from .models import Anonymisation, Consent, PersonFile
from .permissions import MANAGE_PERSONS
from .queries import KEPT, anonymisation_of, files_of, is_spent
from .rules import pseudonym, words_of

WRITE, REDACT = "job:privacy.write", "job:privacy.redact"
CONTENT_TYPE = "application/zip"
TERMS = "terms"
State = PersonFile.State


@verb
def ask_person_file(employee: Employee, *, by: Actor) -> PersonFile:
    """Have all that is known of a person written to a file: by himself, or by whoever answers for personal data.

    Errors: Forbidden, AdminsOnly, PersonFileUnderway, PersonFilesSpent.
    """
    _must_answer_for(employee, by)
    if files_of(employee).filter(author=by.principal_id, state=State.WAITING).exists():
        raise PersonFileUnderway()
    if is_spent(employee, by.principal_id):
        raise PersonFilesSpent()
    key = CompanyStore(current_company().schema).new_key()
    file = PersonFile.objects.create(employee=employee, storage_key=key, author_id=by.principal_id)
    discard([key], not_before=file.created_at + KEPT)
    emit(PersonDataAsked(employee.ref, file.pk), by=by)
    promise(WRITE, file.pk)
    return file


@verb
def finish_person_file(file_id: int, *, size: int) -> None:
    """The file stands in the store."""
    waiting = PersonFile.objects.filter(pk=file_id, state=State.WAITING)
    waiting.update(state=State.READY, size=size, finished_at=timezone.now())


@verb
def open_person_file(file: PersonFile, *, by: Actor) -> str:
    """An address for one minute that gives the file to whoever asked for it. Errors: Forbidden, PersonFileGone."""
    _must_answer_for(file.employee, by)
    if file.state != State.READY or file.author_id != by.principal_id:
        raise PersonFileGone()
    emit(PersonDataOpened(file.employee.ref, file.pk), by=by)
    store, name = CompanyStore(current_company().schema), file_named(file.employee.title, "личные данные.zip")
    return store.download_address(file.storage_key, name=name, content_type=CONTENT_TYPE, inline=False)


@verb
def anonymise(employee: Employee, *, by: Actor) -> Anonymisation:
    """Take a person who works here no more out of the company, for good: what he did stays, under a pseudonym.

    Texts that the product has written follow by a job; texts that people have written stay as they wrote them.
    Errors: Forbidden, AdminsOnly, NotYourself, StillWorks, HandoverRuns.
    """
    by.must(MANAGE_PERSONS)
    if employee.principal_id == by.principal_id:
        raise NotYourself()
    employee = lock(employee)
    must_not_be_above(employee.principal, by)
    if done := anonymisation_of(employee):
        return done
    if not employee.is_blocked:
        raise StillWorks()
    if Dismissal.objects.filter(employee=employee, state__in=["planned", "running"]).exists():
        raise HandoverRuns()
    row = Anonymisation.objects.create(employee=employee, author_id=by.principal_id, words=_words(employee))
    _take_away(employee, by)
    return row


@verb
def anonymise_again(employee_id: int, *, by: Actor) -> None:
    """Take away the name of somebody whom a copy of the company has brought back with it: that was done for good."""
    row = Anonymisation.objects.select_related("employee").get(pk=employee_id)
    # In the trash a card is no less his.
    employee = locked(Employee.objects.all(), employee_id) or row.employee
    row.words, row.finished_at = _words(employee), None
    row.save(update_fields=["words", "finished_at"])
    _take_away(employee, by)


@verb
def finish_anonymisation(employee_id: int) -> None:
    """Nothing is left to be looked for, and the words by which it was are forgotten themselves."""
    Anonymisation.objects.filter(pk=employee_id).update(words=[], finished_at=timezone.now())


@verb
def note_consent(principal_id: int, *, version: date, given_at: datetime, ip: str, way: str) -> None:
    """Write into the register what a person has agreed to; a repetition changes nothing."""
    told = {"principal_id": principal_id, "document": TERMS, "version": version, "given_at": given_at}
    Consent.objects.get_or_create(**told, defaults={"ip": ip or None, "way": way})


def _must_answer_for(employee: Employee, by: Actor) -> None:
    if employee.principal_id != by.principal_id:
        by.must(MANAGE_PERSONS)
        must_not_be_above(employee.principal, by)


def _take_away(employee: Employee, by: Actor) -> None:
    _forget_account(employee.principal_id)
    _forget_card(employee)
    emit(PersonAnonymised(employee.ref), by=by)
    promise(REDACT, employee.pk)


def _words(employee: Employee) -> list[str]:
    email = User.objects.filter(principal_id=employee.principal_id).values_list("email", flat=True).first() or ""
    return words_of(
        last=employee.last_name,
        first=employee.first_name,
        middle=employee.middle_name,
        contacts=(email, employee.work_email, employee.phone, *_former_logins(employee)),
    )


def _former_logins(employee: Employee) -> set[str]:
    """Addresses by which he came in before, or wanted to: letters went there."""
    told = Fact.objects.filter(entity_id=employee.pk, kind__in=(EmailChanged.kind, EmailChangeAsked.kind))
    found = set()
    for payload in told.values_list("payload", flat=True):
        found |= {payload.get("wanted", ""), *(change["old"] for change in payload.get("changes", ()))}
    return found - {""}


def _forget_account(principal_id: int) -> None:
    emails = list(User.objects.filter(principal_id=principal_id).values_list("email", flat=True))
    Invitation.objects.filter(email__in=emails).exclude(accepted_at=None, revoked_at=None).update(email="")
    PushSubscription.objects.filter(principal_id=principal_id).delete()
    Preference.objects.filter(principal_id=principal_id).delete()
    Delivery.objects.filter(principal_id=principal_id).delete()
    # Sessions and keys go with it.
    User.objects.filter(principal_id=principal_id).delete()


def _forget_card(employee: Employee) -> None:
    employee.last_name = pseudonym(employee.pk)
    employee.first_name = employee.middle_name = employee.work_email = employee.phone = ""
    employee.title, employee.photo, employee.hired_on = employee.full_name, None, None
    names = ("last_name", "first_name", "middle_name", "work_email", "phone", "title", "photo", "hired_on")
    employee.save_change(*names)
    Principal.objects.filter(pk=employee.principal_id).update(name=employee.full_name)
    forget_files_of([employee.pk])
    files = Attachment.objects.filter(entity_id=employee.pk)
    files.filter(deleted_at__isnull=True).update(deleted_at=timezone.now())
    files.update(name="Удалено")
    FieldKey.objects.filter(entity_id=employee.pk).delete()
    CardFields.objects.filter(entity_id=employee.pk).update(values={})
