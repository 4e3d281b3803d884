"""Facts about documents."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event

_REASON = {"reason": "Причина"}


@dataclass(frozen=True)
class DocumentCreated(Event):
    kind: ClassVar[str] = "documents.created"
    title: ClassVar[str] = "создал(а) документ"


@dataclass(frozen=True)
class DocumentChanged(Event):
    """`left` are principals who have lost a part in it."""

    kind: ClassVar[str] = "documents.changed"
    title: ClassVar[str] = "изменил(а) документ"
    changes: tuple[Change, ...] = ()
    left: tuple[int, ...] = ()


@dataclass(frozen=True)
class Moved(Event):
    """Base of the facts of buttons; `text` is what the person wrote pressing one."""

    text: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class DocumentSent(Moved):
    kind: ClassVar[str] = "documents.sent"
    title: ClassVar[str] = "отправил(а) документ на согласование"


@dataclass(frozen=True)
class DocumentSubmitted(Moved):
    kind: ClassVar[str] = "documents.submitted"
    title: ClassVar[str] = "передал(а) документ на регистрацию"


@dataclass(frozen=True)
class DocumentApproved(Moved):
    """The route has come to its end."""

    kind: ClassVar[str] = "documents.approved"
    title: ClassVar[str] = "завершил(а) согласование документа"


@dataclass(frozen=True)
class DocumentReturned(Moved):
    """`outcome` is how its route has ended, empty where somebody has returned it by hand."""

    kind: ClassVar[str] = "documents.returned"
    title: ClassVar[str] = "вернул(а) документ в черновик"
    labels: ClassVar[dict[str, str]] = _REASON
    outcome: str = ""


@dataclass(frozen=True)
class DocumentRegistered(Moved):
    kind: ClassVar[str] = "documents.registered"
    title: ClassVar[str] = "зарегистрировал(а) документ"


@dataclass(frozen=True)
class DocumentEnacted(Moved):
    kind: ClassVar[str] = "documents.enacted"
    title: ClassVar[str] = "ввёл(а) документ в действие"


@dataclass(frozen=True)
class DocumentArchived(Moved):
    kind: ClassVar[str] = "documents.archived"
    title: ClassVar[str] = "передал(а) документ в архив"


@dataclass(frozen=True)
class DocumentReopened(Moved):
    kind: ClassVar[str] = "documents.reopened"
    title: ClassVar[str] = "вернул(а) документ из архива"
    labels: ClassVar[dict[str, str]] = _REASON


@dataclass(frozen=True)
class DocumentCancelled(Moved):
    kind: ClassVar[str] = "documents.cancelled"
    title: ClassVar[str] = "аннулировал(а) документ"
    labels: ClassVar[dict[str, str]] = _REASON


@dataclass(frozen=True)
class DocumentFiled(Event):
    """It lies in another file of the nomenclature now."""

    kind: ClassVar[str] = "documents.filed"
    title: ClassVar[str] = "подшил(а) документ в дело"
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class TextNamed(Event):
    """One of its files is its text from now on."""

    kind: ClassVar[str] = "documents.text_named"
    title: ClassVar[str] = "выбрал(а) файл с текстом документа"
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class ResolutionGiven(Event):
    """`tasks` are addresses of the tasks that came of it."""

    kind: ClassVar[str] = "documents.resolution_given"
    title: ClassVar[str] = "наложил(а) резолюцию"
    changes: tuple[Change, ...]
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinesChanged(Event):
    """A line of minutes was written, changed, removed or put back; one that is only moved is `line` alone."""

    kind: ClassVar[str] = "documents.lines_changed"
    title: ClassVar[str] = "изменил(а) строки протокола"
    line: int
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class AssignmentsStarted(Event):
    """Lines of minutes have become tasks; `tasks` are their addresses."""

    kind: ClassVar[str] = "documents.assignments_started"
    title: ClassVar[str] = "начал(а) поручения протокола"
    changes: tuple[Change, ...]
    tasks: tuple[str, ...]


@dataclass(frozen=True)
class TermEnds(Event):
    """The term comes to its end in `days`; negative when it has passed."""

    kind: ClassVar[str] = "documents.term_ends"
    title: ClassVar[str] = "напомнил(а) об окончании срока действия"
    changes: tuple[Change, ...]
    days: int


@dataclass(frozen=True)
class TypeRulesChanged(Event):
    """`code` is of the type, empty for the kind's own."""

    kind: ClassVar[str] = "documents.type_rules_changed"
    title: ClassVar[str] = "изменил(а) правила вида документов"
    code: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class CaseFileChanged(Event):
    """A file of the nomenclature was made, changed or closed."""

    kind: ClassVar[str] = "documents.case_file_changed"
    title: ClassVar[str] = "изменил(а) номенклатуру дел"
    case_file: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class CaseFilesDestroyed(Event):
    """Files whose term has passed were destroyed by an act; the cards stay."""

    kind: ClassVar[str] = "documents.case_files_destroyed"
    title: ClassVar[str] = "уничтожил(а) дела с истёкшим сроком"
    case_files: tuple[int, ...]
    act: str


@dataclass(frozen=True)
class TemplateChanged(Event):
    """A template of documents was made, changed or put away."""

    kind: ClassVar[str] = "documents.template_changed"
    title: ClassVar[str] = "изменил(а) шаблон документа"
    template: int
    changes: tuple[Change, ...]


MOVES: dict[str, type[Moved]] = {
    "send": DocumentSent,
    "submit": DocumentSubmitted,
    "back": DocumentReturned,
    "register": DocumentRegistered,
    "enact": DocumentEnacted,
    "archive": DocumentArchived,
    "reopen": DocumentReopened,
    "cancel": DocumentCancelled,
}
FACTS = (
    DocumentCreated, DocumentChanged, *MOVES.values(), DocumentApproved, DocumentFiled, TextNamed, ResolutionGiven,
    LinesChanged, AssignmentsStarted, TermEnds, TypeRulesChanged, CaseFileChanged, CaseFilesDestroyed, TemplateChanged,
)  # fmt: skip
