"""Whatever is done to minutes, in whatever order: no line is lost, none starts before approval, none twice."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.context import company_scope
from core.errors import Refused
from core.registry import registry
from core.routes.actions.deciding import decide_step
from core.routes.contents import content_of, hash_of
from core.routes.queries import waiting_steps
from core.routes.rules import Verdict
from modules.documents.actions import create_document, do_deed
from modules.documents.actions.minutes import add_line, change_line, place_line, remove_line, restore_line
from modules.documents.models import Document, MinutesLine, Status
from modules.tasks.models import Task


class MinutesMachine(RuleBasedStateMachine):
    """One protocol that is written, sent, returned, rejected and approved; `said` is what a person remembers."""

    scene: tuple = ()

    @initialize()
    def begin(self):
        self.company, self.author, self.director = self.scene
        with company_scope(self.company):
            self.pk = create_document(title="Планёрка", card_type="minutes", by=self.author).pk
            self.tasks_before = Task.objects.count()
        self.said: dict[int, str] = {}
        self.removed: set[int] = set()
        self.started: set[int] = set()
        self.approvals = 0

    def card(self):
        return Document.objects.get(pk=self.pk)

    def line(self, place):
        return MinutesLine.objects.get(pk=sorted(self.said)[place % len(self.said)])

    def changes(self):
        """What of the lines the verbs would refuse now."""
        return self.card().status in (Status.DRAFT, Status.ON_ROUTE)

    @rule(sort=st.sampled_from(["task", "decision", "idea"]), text=st.sampled_from(["Смета", "Акт", "Склад"]))
    def write(self, sort, text):
        with company_scope(self.company):
            if not self.changes():
                return
            who = self.author.principal_id if sort == "task" else None
            made = add_line(self.card(), fields={"sort": sort, "text": text, "assignee_id": who}, by=self.author)
            self.said[made.pk] = text

    @precondition(lambda self: self.said)
    @rule(place=st.integers(0, 20), text=st.sampled_from(["Иначе", "Ещё иначе"]))
    def rewrite(self, place, text):
        with company_scope(self.company):
            one = self.line(place)
            try:
                change_line(one, self.card(), fields={"text": text}, by=self.author)
            except Refused:
                assert one.pk in self.started | self.removed or not self.changes()
            else:
                assert one.pk not in self.started | self.removed
                self.said[one.pk] = text

    @precondition(lambda self: self.said)
    @rule(place=st.integers(0, 20))
    def remove(self, place):
        with company_scope(self.company):
            one = self.line(place)
            try:
                remove_line(one, self.card(), by=self.author)
            except Refused:
                assert one.pk in self.started | self.removed or not self.changes()
            else:
                self.removed.add(one.pk)

    @precondition(lambda self: self.removed)
    @rule()
    def put_back(self):
        with company_scope(self.company):
            if self.changes():
                pk = min(self.removed)
                restore_line(MinutesLine.objects.get(pk=pk), self.card(), by=self.author)
                self.removed.discard(pk)

    @precondition(lambda self: len(self.said) > 1)
    @rule(place=st.integers(0, 20))
    def move(self, place):
        with company_scope(self.company):
            if self.changes():
                place_line(self.line(place), self.card(), after=None, by=self.author)

    @rule()
    def send(self):
        with company_scope(self.company):
            if self.card().status == Status.DRAFT:
                do_deed(self.card(), "send", by=self.author)

    @rule(verdict=st.sampled_from([Verdict.APPROVE, Verdict.REJECT, Verdict.APPROVE]))
    def decide(self, verdict):
        with company_scope(self.company):
            step = waiting_steps(self.director).filter(passing__run__entity=self.pk).first()
            if step is None:
                return
            seen = hash_of(content_of(self.card(), registry.kind_of(Document.KIND)))
            decide_step(step, verdict=verdict, comment="Да", seen=seen, by=self.director)
            if verdict == Verdict.APPROVE:
                rows = MinutesLine.objects.filter(document=self.pk, sort="task", removed_at__isnull=True)
                self.started |= set(rows.values_list("pk", flat=True))

    @rule()
    def take_back(self):
        with company_scope(self.company):
            if self.card().status == Status.APPROVED:
                do_deed(self.card(), "back", text="Дополнить", by=self.author)

    @invariant()
    def nothing_is_lost_and_nothing_starts_early_or_twice(self):
        if not hasattr(self, "pk"):
            return
        with company_scope(self.company):
            rows = {row.pk: row for row in MinutesLine.objects.filter(document=self.pk)}
            assert {pk: row.text for pk, row in rows.items()} == self.said
            assert {pk for pk, row in rows.items() if row.removed_at} == self.removed
            assert {pk for pk, row in rows.items() if row.started_at} == self.started
            tasks = [row.task_id for row in rows.values() if row.task_id]
            assert len(tasks) == len(set(tasks)) == len(self.started)
            assert Task.objects.count() - self.tasks_before == len(self.started)


def test_no_line_is_lost_none_starts_early_none_twice(company, person, owner):
    author = person(company, name="Авторов Антон")
    with company_scope(company):
        people = author.actor(), owner.actor()

    class Here(MinutesMachine):
        scene = (company, *people)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
