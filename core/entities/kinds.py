"""What the house knows about one kind of card."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from core.entities.models import Entity
from core.entities.sheets import Sheet
from core.errors import Refused
from core.formulas.values import Kind
from core.templates.rules.values import Sort


class Endpoint(Protocol):
    """A view class as addresses need it."""

    @classmethod
    def as_view(cls, **known: Any) -> Callable[..., Any]: ...


class Routed(Protocol):
    """The operations of a kind, a viewset class; `extra_routes` are {sub-path: {method: action}}.

    `grammar` is what its list understands, `address` what the list's screen says besides: name → what reads a word.
    `meant(words)` turns the words of the screen's address into those that the list takes; ValueError for broken ones.
    `rows_for(actor, kind, params, asked)` are the rows that the list narrows, `behind(actor, kind, tab, each=)` is the
    condition that a tab of it makes; Invalid where the tab is not for this actor.
    `shown_to(request, kind, card id)` is the whole card for the caller, `card_shape` the serializer that describes it.
    """

    grammar: ClassVar[Any]
    address: ClassVar[dict[str, Callable[[str], Any]]]
    card_shape: ClassVar[Any]
    extra_routes: ClassVar[dict[str, dict[str, str]]]

    @classmethod
    def meant(cls, words: Mapping[str, str]) -> dict[str, str]: ...

    @classmethod
    def rows_for(cls, actor: Any, kind: Any, params: Any, asked: Any = ...) -> Any: ...

    @classmethod
    def behind(cls, actor: Any, kind: Any, tab: str, *, each: bool) -> Any: ...

    @classmethod
    def shown_to(cls, request: Any, kind: Any, card_id: int) -> dict[str, Any]: ...

    @classmethod
    def as_view(cls, actions: Any = None, **known: Any) -> Callable[..., Any]: ...


@dataclass(frozen=True)
class Searched:
    """What of a kind can be searched beside number and title: `texts(card ids)` are {id: texts}, plain ones.

    `renewed_by` are kinds of facts after which all cards of the kind are to be read anew: something that many of them
    tell has another name.
    """

    texts: Callable[[Sequence[int]], dict[int, list[str]]]
    renewed_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class BuiltIn:
    """A field of every card of a kind that a role may be kept from seeing or changing.

    `keys` are the names under which answers tell it, with what stands there instead; `written` those under which it is
    given, `told` those of changes in the history, `found` what lists are narrowed, put in order, grouped, summed up or
    laid out by. `searched(card ids)` are {id:
    texts} by which cards are found; they are left out of the search while the field is hidden from anybody.
    """

    code: str
    title: str
    keys: Mapping[str, Any]
    written: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    searched: Callable[[Sequence[int]], dict[int, list[str]]] | None = None


@dataclass(frozen=True)
class Passage:
    """A deed that an actor may do with a card now: it leads to the status `to` and may ask for a text.

    `path` is the door below the card where it stands, `do/<code>/` when it is empty.
    """

    code: str
    title: str
    to: str
    needs_text: bool = False
    path: str = ""


@dataclass(frozen=True)
class Lifecycle:
    """How cards of a kind go from status to status, for statuses that a company makes of them (core/statuses).

    `leads` are the pairs (from, to) along which some deed leads somebody. `passages(actor, cards)` are {card id: what
    the actor may do with it now}; `working(actor, cards)` are ids of those that he may move within a base.
    `go(card, code, by=, text=, anyway=, version=, own_status=)` does a deed, with the id of the status to end in.
    `noted(card)` is what moves change of a card, as JSON; `put_back(card, before, by=)` gives it back those of these
    values that have changed, when somebody undoes his own moves of many. `usual` is the status that a company is the
    first to refine. `hold` locks what its deeds lock before a card, for whoever locks the card first. `alone` says that
    a base goes back only when that alone is asked: whoever puts back a telephone number of last year opens no account.
    """

    leads: frozenset[tuple[str, str]]
    passages: Callable[[Any, Sequence[Any]], dict[int, Sequence[Passage]]]
    working: Callable[[Any, Sequence[Any]], Collection[int]]
    go: Callable[..., Entity]
    noted: Callable[[Any], dict[str, Any]]
    put_back: Callable[..., Any]
    usual: str
    hold: Callable[[], Any] | None = None
    alone: bool = False


@dataclass(frozen=True)
class Gathering:
    """Who names those who watch cards of a kind (core/watchers), where it is not simply whoever answers for the card.

    `must(card, actor)` refuses everybody else in the kind's own words. `kept(card, fact id)` runs in the transaction in
    which they have changed. `tells` when the kind itself writes to those who came.
    """

    must: Callable[[Any, Any], None]
    kept: Callable[[Any, int], None] | None = None
    tells: bool = False


@dataclass(frozen=True)
class Regular:
    """How work comes round about cards of a kind that are no templates (core/recurrence).

    `planned(actor, cards)` are ids of those whose plans the actor sets: a card that he may change is not always his to
    plan. `answers(card)` is the principal who answers unless the plan names another, None for whoever set the plan.
    `field` is the one among the kind's `fields` that he is read from: who may not see it is not told him here.
    `named(card)` is what the work's title calls the card. `rests(card)` is why nothing is done about it now, empty
    while there is work.
    """

    planned: Callable[[Any, Sequence[Any]], set[int]]
    answers: Callable[[Any], int | None]
    named: Callable[[Any], str]
    rests: Callable[[Any], str]
    field: str = ""


def _nothing(*told: Any, **known: Any) -> None:
    """What a kind does that minds neither the beginning nor the end of a route."""


@dataclass(frozen=True)
class Routes:
    """How cards of a kind go along routes (core/routes).

    `initiator(card)` is the principal to whom returns come, `content(card)` {name: JSON} what is decided upon; names
    are those of `history`. Files and fields of the company's own are added by the engine: `files`, `fields.<code>`.
    `values` are what conditions read: {title: (kind, value of a card)}; `people` columns and lines that name
    performers: {code: (title, principals of a card)}; `signals` what a stage may wait for: {code: title}, told by
    `core.routes.actions.running.signal`. `told` are the names in the history of what roles may hide among these: {title
    of a value or code of people: name}. `must_start(card, actor)` refuses whoever may not send the card; without it
    whoever may change it sends it. `began(card, by=)` and `ended(card, outcome, by=)` run under the card's lock, in the
    same transaction; outcomes are `approved`, `rejected`, `recalled`. `words` say in Russian what a value of `content`
    is, where its text would tell nobody anything: {name: words of a value}.
    """

    initiator: Callable[[Any], int]
    content: Callable[[Any], Mapping[str, Any]]
    values: Mapping[str, tuple[Kind, Callable[[Any], Any]]] = field(default_factory=dict)
    people: Mapping[str, tuple[str, Callable[[Any], Collection[int]]]] = field(default_factory=dict)
    signals: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Callable[[Any], str | None]] = field(default_factory=dict)
    must_start: Callable[[Any, Any], None] | None = None
    began: Callable[..., Any] = _nothing
    ended: Callable[..., Any] = _nothing


@dataclass(frozen=True)
class Variable:
    """A name that stands in templates, as people write it: «контрагент», «сумма». Of a person the full name is printed.

    `field` is the one among the kind's `fields` that it tells: whom that is hidden from is printed a line to write on.
    """

    name: str
    sort: Sort = Sort.TEXT
    example: str = ""
    field: str = ""


@dataclass(frozen=True)
class Prints:
    """What templates may print of cards of a kind (core/templates), beside what all cards have.

    `values(card)` are {name: value}: texts, Decimal, date, bool, of a person the principal's id; None is empty. `lists`
    are rows that tables repeat: {name: its columns}, told by `lines(card)`. `signer(card)` is whoever signs: his
    signature's picture stands on what he has approved along a route.
    """

    variables: tuple[Variable, ...]
    values: Callable[[Any], Mapping[str, Any]]
    lists: Mapping[str, tuple[Variable, ...]] = field(default_factory=dict)
    lines: Callable[[Any], Mapping[str, Sequence[Mapping[str, Any]]]] | None = None
    signer: Callable[[Any], int | None] | None = None


@dataclass(frozen=True)
class EntityKind:
    """`plural` is the REST collection; `view` the permission to see, `edit` to change; `statuses` code → Russian title.

    `history` maps a field of the card to its Russian label; only such fields are told in the history.
    `owns(actor, card)` says who may trash and restore; without it, whom `edit` lets at the card.
    `files` is the permission to see and add the card's files; without it they are as open as the card. `face(card)` is
    the id of the one file that everybody who sees the card may open: its photo. `over(card)` is why no work is done on
    a card any more, None while it goes on; without it a card never ends. `settled(card)` is why what the card says (own
    fields, type) does not change now, though work on it goes on; `settled_files(card)` are families of its files that
    get no new version and are not removed.
    `fields` are those that roles may be kept from.
    `repeat(template, at, most=, by=actor)` makes the cards that a template owes for a moment, one for each person who
    answers for one; TooManyToday when they would be more than `most` (core/recurrence). Cards that come round and are
    no templates have `regular` instead.
    `put_back(card, fields, by=actor)` gives fields the values that facts keep in `Change.back`, through the kind's own
    verbs and their refusals; `changes(actor, card)` are those of its `history` that the actor, who answers for the
    card, may change, where these are not all.
    `sheet` is how its cards are written to files and made from them. `lifecycle` lets a company refine its statuses.
    `addressed` says why a notice comes to whoever holds a part in its cards, {part: words}, where they are not the
    usual ones: nobody is «исполнитель» of a person. `gathering` says who names its watchers. `routes` lets its cards be
    sent along routes, `prints` be printed by templates.
    """

    model: type[Entity]
    viewset: type[Routed]
    plural: str
    title: str
    icon: str
    route: str
    view: Any
    edit: Any
    statuses: dict[str, str] = field(default_factory=dict)
    history: dict[str, str] = field(default_factory=dict)
    owns: Callable[[Any, Entity], bool] | None = None
    files: Any = None
    face: Callable[[Any], int | None] | None = None
    over: Callable[[Any], Refused | None] | None = None
    settled: Callable[[Any], Refused | None] | None = None
    settled_files: Callable[[Any], Collection[Any]] | None = None
    summary: Callable[..., dict[str, Any]] | None = None
    search: Searched | None = None
    fields: tuple[BuiltIn, ...] = ()
    repeat: Callable[..., list[Entity]] | None = None
    regular: Regular | None = None
    put_back: Callable[..., Any] | None = None
    changes: Callable[[Any, Any], Collection[str]] | None = None
    sheet: Sheet | None = None
    lifecycle: Lifecycle | None = None
    addressed: Mapping[str, str] = field(default_factory=dict)
    gathering: Gathering | None = None
    routes: Routes | None = None
    prints: Prints | None = None

    @property
    def code(self) -> str:
        return self.model.KIND

    @property
    def module(self) -> str:
        return self.code.partition(".")[0]

    def opens_files(self, actor: Any, card: Entity) -> bool:
        """Whether the actor, who sees the card, may see and add its files."""
        return self.files is None or actor.may(self.files, card)

    def is_owned(self, actor: Any, card: Entity) -> bool:
        """Whether the actor answers for the card: decides over it as a whole."""
        return self.owns(actor, card) if self.owns else actor.may(self.edit, card)

    def goes_on(self, card: Entity) -> bool:
        """Whether work may still be done on the card."""
        return self.over is None or self.over(card) is None

    def must_be_open(self, card: Entity) -> None:
        """Raise the kind's own refusal when what the card says is settled."""
        if self.settled is not None and (refusal := self.settled(card)) is not None:
            raise refusal

    def must_go_on(self, card: Entity) -> None:
        """Raise the kind's own refusal when the card has come to its end."""
        if self.over is not None and (refusal := self.over(card)) is not None:
            raise refusal
