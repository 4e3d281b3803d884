"""Looking seals over: whether everything that was sealed still stands as it stood."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection

from core.context import Company, company_scope, current_company
from core.entities.events import CardsPurged
from core.entities.models import Entity
from core.events.models import Fact

from .models import Restatement, Seal
from .rules import BEGINNING, digest_of, digest_of_restatement, hash_of, is_signed

# As long as a company with millions of facts takes.
_MOST_MS = 3_600_000
_TOGETHER = 100
# Whoever has taken a smaller number and not committed yet has a smaller transaction, too.
_NEXT = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
_OLDEST = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_ALONE = "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(%s, 0))"
# Its cards go for good, with the facts about them, and the fact says how many.
_UNDONE = "imports.undone"


@dataclass
class Verdict:
    """`broken` says in Russian what the first fault is; empty when there is none.

    `gone` are facts that left with cards deleted for good, `restated` those that we ourselves have said anew, `open`
    those that no seal covers yet, `head` is the digest of the last seal, `heads` those of all.
    """

    seals: int = 0
    facts: int = 0
    gone: int = 0
    restated: int = 0
    open: int = 0
    head: str = BEGINNING
    heads: set[str] = field(default_factory=set)
    broken: str = ""


@dataclass
class _Departed:
    """Cards that are gone: of `told` ones the history says so by number, of `untold` ones at most how many."""

    told: set[int]
    most_untold: int
    untold: set[int] = field(default_factory=set)

    def explains(self, card: int | None, standing: set[int]) -> bool:
        """Whether a fact of this card may be missing."""
        if card is None or card in standing:
            return False
        if card not in self.told:
            self.untold.add(card)
        return len(self.untold) <= self.most_untold


@dataclass
class _Restated:
    """What we have said anew, signed by the seals' key."""

    schema: str
    public: str

    def leads(self, fact: int, former: str, now: str) -> bool:
        """Whether signed restatements lead from one hash of a fact to the other."""
        for row in Restatement.objects.filter(fact_id=fact).order_by("pk"):
            digest = digest_of_restatement(self.schema, fact, row.former, row.now)
            if row.former == former and is_signed(digest, row.signature, self.public):
                former = row.now
        return former == now


def verify(company: Company, *, public: str = "") -> Verdict:
    """Look over the history of a company, all of it at one moment; `public` is the seals' key unless it is ours."""
    found = Verdict()
    with company_scope(company, statement_timeout_ms=_MOST_MS, frozen=True):
        departed, last = _departed(), 0
        restated = _Restated(company.schema, public)
        for seal in _seals():
            fault = _fault(company.schema, seal, found, last, public) or _fault_of_lines(
                seal, last, found, departed, restated
            )
            if fault:
                found.broken = fault
                return found
            found.seals, found.head, last = found.seals + 1, seal.digest, seal.last_fact
            found.heads.add(seal.digest)
        found.open = Fact.objects.filter(pk__gt=last).count()
    return found


def next_transaction() -> int:
    """A number that every transaction which has written anything by now comes before."""
    return _number(_NEXT)


def oldest_running() -> int:
    """A number before which every transaction has ended."""
    return _number(_OLDEST)


def seal_alone() -> None:
    """Let no other worker set a seal in this company until the scope ends."""
    _number(_ALONE, f"{current_company().schema}:audit")


def _number(query: str, *values: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()[0]


def _seals() -> Iterator[Seal]:
    last = 0
    while batch := list(Seal.objects.filter(number__gt=last).order_by("number")[:_TOGETHER]):
        yield from batch
        last = batch[-1].number


def _fault(schema: str, seal: Seal, found: Verdict, last: int, public: str) -> str:
    if seal.number != found.seals + 1:
        return f"печать {found.seals + 1} пропала"
    if seal.digest != digest_of(schema, seal.number, seal.lines, found.head):
        return f"печать {seal.number} изменена: её строки не сходятся с ней"
    if not is_signed(seal.digest, seal.signature, public):
        return f"печать {seal.number} поставлена не нашим ключом"
    numbers = [line[0] for line in seal.lines]
    if not numbers or numbers != sorted(set(numbers)) or numbers[0] <= last or numbers[-1] != seal.last_fact:
        return f"печать {seal.number} изменена: её границы не сходятся со строками"
    return ""


def _fault_of_lines(seal: Seal, last: int, found: Verdict, departed: _Departed, restated: _Restated) -> str:
    facts = {fact.pk: fact for fact in Fact.objects.filter(pk__gt=last, pk__lte=seal.last_fact)}
    standing = _standing({card for number, card, _ in seal.lines if card and number not in facts})
    for number, card, checksum in seal.lines:
        if number not in facts:
            if not departed.explains(card, standing):
                return f"строка {number} удалена"
            found.gone += 1
        elif (now := hash_of(facts[number])) != checksum:
            if not restated.leads(number, checksum, now):
                return f"строка {number} ({facts[number].kind}) изменена"
            found.restated += 1
    if added := sorted(set(facts) - {line[0] for line in seal.lines}):
        return f"строка {added[0]} ({facts[added[0]].kind}) вписана задним числом"
    found.facts += len(facts)
    return ""


def _standing(cards: set[int]) -> set[int]:
    return set(Entity.objects.filter(pk__in=cards).values_list("pk", flat=True)) if cards else set()


def _departed() -> _Departed:
    """What the history says of cards that were deleted for good."""
    rows = Fact.objects.filter(entity__isnull=True)
    purged = rows.filter(kind=CardsPurged.kind).values_list("payload", flat=True)
    undone = rows.filter(kind=_UNDONE).values_list("payload", flat=True)
    told = {number for payload in purged for number in payload.get("ids", ())}
    return _Departed(told, sum(int(payload["count"]) for payload in undone))
