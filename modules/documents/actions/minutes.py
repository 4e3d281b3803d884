"""Lines of minutes: written while people talk, read by whoever approves, tasks from that moment on (decision 0041)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.access.actor import Actor
from core.access.limits import must_write
from core.access.loading import actor_of_principal
from core.context import current_company
from core.custom_fields.queries import fields_of, held_by_card
from core.entities.locks import lock
from core.entities.models import Participant
from core.errors import Forbidden, Invalid, NotFound, Stale
from core.events.bus import Change, emit
from core.identity.models import Principal
from core.links.actions import tie_to_origin
from core.organization.people import people
from core.recurrence.registry import WorkMaker
from core.recurrence.work import maker
from core.registry import registry
from core.routes.actions.running import content_changed
from core.texts import clean_line
from core.verb import verb

from ..errors import LineHasStarted, LineIsRemoved, NoLinesHere, NoSuchLine, NotForGiving, TooManyMinutesLines
from ..events import AssignmentsStarted, LinesChanged
from ..models import Document, MinutesLine, Sequel
from ..queries import has_lines, living_lines, type_of
from ..rules import AGREED, MOST_MINUTES_LINES
from .cards import create_document
from .guards import must_own

Sort = MinutesLine.Sort
_LONGEST = 500
_PLACE_OF_MEETING = "meeting_place"
_COLUMNS = ("sort", "text", "assignee_id", "due_at")


@verb
def add_line(document: Document, *, fields: Mapping[str, Any], after: int | None = None, by: Actor) -> MinutesLine:
    """Write one line at the end of minutes, or behind another one; `fields` are those of `MinutesLine`.

    Errors: NotYourDocument, NoLinesHere, TooManyMinutesLines, NoSuchLine, those of `rules.why_settled`, Invalid.
    """
    document = _opened(document, by)
    held = list(MinutesLine.objects.filter(document=document).order_by("place", "pk"))
    if len(held) >= MOST_MINUTES_LINES:
        raise TooManyMinutesLines()
    place = held[-1].place + 1 if held else 1
    told = {**fields, "text": _words(fields.get("text", ""))}
    line = MinutesLine.objects.create(document=document, place=place, author_id=by.principal_id, **told)
    if after is not None:
        _put_behind(line, after, held)
    _tell(document, line, None, said_of(line), by)
    return line


@verb
def change_line(
    line: MinutesLine, document: Document, *, fields: Mapping[str, Any], version: int | None = None, by: Actor
) -> MinutesLine:
    """Put other words, another doer or moment into a line that has not started.

    Errors as of `add_line`, LineHasStarted, LineIsRemoved, Stale.
    """
    document = _opened(document, by)
    line = _locked(line)
    if version is not None and version != line.version:
        raise Stale(version=line.version)
    _must_change(line)
    if "text" in fields:
        fields = {**fields, "text": _words(fields["text"])}
    touched = [name for name, value in fields.items() if getattr(line, name) != value]
    if not touched:
        return line
    before = said_of(line)
    for name in touched:
        setattr(line, name, fields[name])
    line.version += 1
    line.save(update_fields=[*touched, "version"])
    _tell(document, line, before, said_of(line), by)
    return line


@verb
def place_line(line: MinutesLine, document: Document, *, after: int | None, by: Actor) -> MinutesLine:
    """Move a line behind another one of the same minutes, or to the beginning. Errors as of `add_line`."""
    document = _opened(document, by)
    line = _locked(line)
    held = list(MinutesLine.objects.filter(document=document).exclude(pk=line.pk).order_by("place", "pk"))
    _put_behind(line, after, held)
    emit(LinesChanged(document.ref, line.pk), by=by)
    content_changed(document, registry.kind_of(Document.KIND), by=by)
    return line


@verb
def remove_line(line: MinutesLine, document: Document, *, by: Actor) -> MinutesLine:
    """Strike a line out; it stays to be seen and is put back. Errors as of `change_line`."""
    document = _opened(document, by)
    line = _locked(line)
    _must_change(line)
    line.removed_at, line.removed_by_id = timezone.now(), by.principal_id
    line.version += 1
    line.save(update_fields=["removed_at", "removed_by", "version"])
    _tell(document, line, said_of(line), None, by)
    return line


@verb
def restore_line(line: MinutesLine, document: Document, *, by: Actor) -> MinutesLine:
    """Put a line back where it stood. Errors as of `add_line`; nothing happens when it was not removed."""
    document = _opened(document, by)
    line = _locked(line)
    if line.removed_at is None:
        return line
    line.removed_at = line.removed_by_id = None
    line.version += 1
    line.save(update_fields=["removed_at", "removed_by", "version"])
    _tell(document, line, None, said_of(line), by)
    return line


@verb
def start_lines(document: Document, *, by: Actor) -> list[str]:
    """Give the tasks of all lines that have none yet, each tied to the minutes: addresses of the tasks.

    They come from whoever has signed the minutes, else from whoever has written them, with the rights that he has now.
    Who does not work here any more leaves his line to the giver. Errors: NobodyMakesWork, Forbidden, Invalid.
    """
    waiting = list(_unstarted(document))
    if not waiting:
        return []
    must_be_ready(document, by)
    giver, giving = _giver(document, by)
    named = [line.assignee_id for line in waiting]
    able = set(Principal.objects.filter(pk__in=named, is_active=True).values_list("pk", flat=True))
    now, tasks = timezone.now(), []
    for line in waiting:
        who = line.assignee_id if line.assignee_id in able else giver.principal_id
        task = giving.make(document, title=line.text, answers=who, due_at=line.due_at, by=giver)
        line.started_at, line.task_id = now, task.pk
        tasks.append(str(task.ref))
    MinutesLine.objects.bulk_update(waiting, ["started_at", "task"])
    emit(AssignmentsStarted(document.ref, (Change("started", None, len(tasks)),), tuple(tasks)), by=by)
    return tasks


@verb
def give_line(
    line: MinutesLine, document: Document, *, assignee: int, due_at: datetime | None, by: Actor
) -> MinutesLine:
    """Make a task of an idea or a decision of minutes that are agreed upon; `assignee` is a principal.

    Errors: NotYourDocument, NotForGiving, LineIsRemoved, NobodyMakesWork, those of giving it.
    """
    _must_give(document, by)
    document = lock(document)
    _must_give(document, by)
    line = _locked(line)
    if line.removed_at is not None:
        raise LineIsRemoved()
    if document.status not in AGREED or line.sort == Sort.TASK or line.started_at is not None:
        raise NotForGiving()
    giving = maker()
    giving.must(by)
    task = giving.make(document, title=line.text, answers=assignee, due_at=due_at, by=by)
    if due_at is not None:
        must_write(by, registry.kind_of(task.kind), ["due_at"])
    line.started_at, line.task_id = timezone.now(), task.pk
    line.version += 1
    line.save(update_fields=["started_at", "task", "version"])
    emit(AssignmentsStarted(document.ref, (Change("line", None, line.text),), (str(task.ref),)), by=by)
    return line


@verb
def next_minutes(document: Document, *, by: Actor) -> Document:
    """Begin the minutes of the next meeting: the same type, people and place, tied to these. Errors: NoLinesHere,
    Forbidden, NotYourType."""
    if not has_lines(document):
        raise NoLinesHere()
    watching = document.participants.filter(part=Participant.Part.WATCHER, principal__is_active=True)
    held = held_by_card(document).values
    places = [one for one in fields_of(Document.KIND) if one.code == _PLACE_OF_MEETING and one.pk in held]
    made = create_document(
        title=document.title,
        card_type=type_of(document),
        secrecy=document.secrecy,
        addressee=document.addressee_id,
        signatory=document.signatory_id,
        watchers=list(watching.values_list("principal", flat=True)),
        fields={one.code: held[one.pk] for one in places},
        as_written=("addressee", "signatory"),
        by=by,
    )
    Sequel.objects.create(document=made, former=document)
    tie_to_origin(made, document, by=by)
    return made


def must_be_ready(document: Document, by: Actor) -> None:
    """Refuse to go on with minutes whose tasks could not be given: nobody is named, or nobody gives them.

    Errors: Invalid at `lines`, NobodyMakesWork, Forbidden.
    """
    waiting = set(_unstarted(document).values_list("pk", flat=True))
    if not waiting:
        return
    for number, line in enumerate(living_lines(document), start=1):
        if line.pk in waiting and line.assignee_id is None:
            raise Invalid({"lines": f"Строка {number}: укажите, кому поручено, или сделайте её решением"})
    _giver(document, by)


def said_of(line: MinutesLine) -> str:
    """«Подготовить смету — Иванов Иван — до 25.11.2026 18:00», as the history and approvers read it."""
    return say_line([line.sort, line.text, line.assignee_id, line.due_at.isoformat() if line.due_at else None])


def say_line(told: Any) -> str:
    """The same of one line as it stands in the content that is decided upon."""
    sort, text, who, due = told
    parts = [text if sort == Sort.TASK else f"{Sort(sort).label}: {text}"]
    if who is not None:
        parts.append(people([who]).get(who, {}).get("name", ""))
    if due is not None:
        at = datetime.fromisoformat(due).astimezone(ZoneInfo(current_company().time_zone))
        parts.append(f"до {at:%d.%m.%Y %H:%M}")
    return " — ".join(parts)


def lines_told(told: Any) -> str | None:
    """All lines of a content in words, one below the other."""
    return "\n".join(f"{number}. {say_line(one)}" for number, one in enumerate(told or (), start=1)) or None


def _opened(document: Document, by: Actor) -> Document:
    """The locked document whose lines may be written now by this person."""
    must_own(document, by)
    document = lock(document)
    must_own(document, by)
    kind = registry.kind_of(Document.KIND)
    must_write(by, kind, ["content"])
    if not has_lines(document):
        raise NoLinesHere()
    kind.must_be_open(document)
    return document


def _must_give(document: Document, by: Actor) -> None:
    if by.principal_id != document.signatory_id:
        must_own(document, by)


def _locked(line: MinutesLine) -> MinutesLine:
    found = MinutesLine.objects.filter(pk=line.pk).select_for_update().first()
    if found is None:
        raise NotFound()
    return found


def _must_change(line: MinutesLine) -> None:
    if line.started_at is not None:
        raise LineHasStarted()
    if line.removed_at is not None:
        raise LineIsRemoved()


def _words(text: str) -> str:
    words = clean_line(text)
    if not words:
        raise Invalid({"text": "Напишите, что решили"})
    if len(words) > _LONGEST:
        raise Invalid({"text": f"Не длиннее {_LONGEST} знаков. Разделите на две строки"})
    return words


def _put_behind(line: MinutesLine, after: int | None, others: list[MinutesLine]) -> None:
    at = 0 if after is None else next((n for n, row in enumerate(others, start=1) if row.pk == after), None)
    if at is None:
        raise NoSuchLine()
    others.insert(at, line)
    for place, row in enumerate(others, start=1):
        row.place = place
    MinutesLine.objects.bulk_update(others, ["place"])


def _tell(document: Document, line: MinutesLine, before: str | None, after: str | None, by: Actor) -> None:
    emit(LinesChanged(document.ref, line.pk, (Change("line", before, after),)), by=by)
    content_changed(document, registry.kind_of(Document.KIND), by=by)


def _unstarted(document: Document) -> Any:
    return living_lines(document).filter(sort=Sort.TASK, started_at__isnull=True)


def _giver(document: Document, by: Actor) -> tuple[Actor, WorkMaker]:
    """In whose name the tasks are given: the first of signatory, author and whoever is here now who may give them."""
    giving = maker()
    wanted = [who for who in (document.signatory_id, document.author_id) if who is not None]
    rows = {row.pk: row for row in Principal.objects.filter(pk__in=wanted, is_active=True).select_related("employee")}
    able = [actor_of_principal(rows[who], door=by.door) for who in dict.fromkeys(wanted) if who in rows]
    refusal: Forbidden | None = None
    for giver in [*able, by]:
        try:
            giving.must(giver)
        except Forbidden as lacking:
            refusal = lacking
        else:
            return giver, giving
    raise refusal or Forbidden()
