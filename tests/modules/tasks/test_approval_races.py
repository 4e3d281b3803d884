"""A draft is approved while somebody decides otherwise, with real commits: one of the two wins, and it goes once."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, connections
from django.utils import timezone

from core.access.loading import actor_of_principal
from core.context import company_scope
from core.entities.models import Participant
from core.events.models import Fact
from core.identity.models import Principal
from core.identity.names import read_full_name
from core.organization.actions import hire
from modules.tasks.actions import change_task, create_task, do_deed
from modules.tasks.actions.drafts import approve_drafts, ask_approval, recall_draft, return_drafts
from modules.tasks.jobs import release
from modules.tasks.models import DraftRequest, Task
from tenants.snapshots import find
from tests.support.races import at_once

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]
ROUNDS = 4


@pytest.fixture
def company(committed):
    return find(host="alfa.localhost")


@pytest.fixture
def sides(company):
    """(author, approver), as actors."""
    with company_scope(company):
        hired = [
            hire(
                name=read_full_name(f"Гонкин Номер{number}"), email=f"draft{number}@race.example", password_hash="",
                email_verified=True, role_code="employee",
            ).principal_id
            for number in range(2)
        ]  # fmt: skip
        principals = [Principal.objects.select_related("employee").get(pk=pk) for pk in hired]
        return [actor_of_principal(principal, door="screen") for principal in principals]


def sent(company, author, approver):
    """Two drafts sent together: (drafts, {request: fact})."""
    with company_scope(company):
        drafts = [
            create_task(title=f"План {number}", assignee=author.principal_id, is_draft=True, by=author)
            for number in range(2)
        ]
        ask_approval(drafts, approver=approver.principal_id, by=author)
        return drafts, dict(DraftRequest.objects.filter(task__in=drafts).values_list("pk", "seen"))


def stand(company, drafts):
    """(how many are drafts still, how many releases were told, outcomes)."""
    with company_scope(company):
        ids = [draft.pk for draft in drafts]
        outcomes = set(DraftRequest.objects.filter(task__in=ids).values_list("outcome", flat=True))
        told = Fact.objects.filter(entity__in=ids, kind="tasks.released").count()
        return Task.objects.filter(pk__in=ids, is_draft=True).count(), told, outcomes


def one_won(refused):
    assert len([outcome for outcome in refused if outcome is None]) == 1, refused


def test_two_presses_approve_once(company, sides):
    author, approver = sides
    for _ in range(ROUNDS):
        drafts, seen = sent(company, author, approver)
        press = partial(approve_drafts, seen, by=approver)
        one_won(at_once(company, press, press))
        assert stand(company, drafts) == (0, 2, {"approved"})


def test_approving_and_returning_at_once_do_one_of_them(company, sides):
    author, approver = sides
    for _ in range(ROUNDS):
        drafts, seen = sent(company, author, approver)
        back = partial(return_drafts, list(seen), reason="Рано", by=approver)
        one_won(at_once(company, partial(approve_drafts, seen, by=approver), back))
        assert stand(company, drafts) in [(0, 2, {"approved"}), (2, 0, {"returned"})]


def test_what_its_author_takes_back_is_not_approved(company, sides):
    author, approver = sides
    for _ in range(ROUNDS):
        drafts, seen = sent(company, author, approver)
        back = partial(recall_draft, drafts[1], by=author)
        one_won(at_once(company, partial(approve_drafts, seen, by=approver), back))
        assert stand(company, drafts) in [(0, 2, {"approved"}), (2, 0, {"", "dropped"})], "whole or not at all"


def test_nobody_approves_what_he_has_not_seen(company, sides):
    author, approver = sides
    for _ in range(ROUNDS):
        drafts, seen = sent(company, author, approver)
        edit = partial(change_task, drafts[0], fields={"title": "Совсем другое"}, by=author)
        refused = at_once(company, partial(approve_drafts, seen, by=approver), edit)
        assert refused[1] is None, "its author may change it before and after"
        left, released, _ = stand(company, drafts)
        with company_scope(company):
            facts = list(Fact.objects.filter(entity=drafts[0].pk).order_by("pk").values_list("kind", flat=True))
        if refused[0] is None:
            assert (left, released) == (0, 2) and facts.index("tasks.released") < facts.index("tasks.changed")
        else:
            assert (left, released) == (2, 0)


def test_the_author_and_the_approver_release_once(company, sides):
    author, approver = sides
    for _ in range(ROUNDS):
        drafts, seen = sent(company, author, approver)
        own = partial(do_deed, drafts[0], "release", by=author)
        one_won(at_once(company, partial(approve_drafts, seen, by=approver), own))
        assert stand(company, drafts)[:2] in [(0, 2), (1, 1)]
        with company_scope(company):
            held = Participant.objects.filter(entity=drafts[0].pk, part="approver")
            assert not held.exists()


_WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def until_somebody_waits():
    """Come back when another transaction waits for what this one holds."""
    began = timezone.now()
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_WAITS)
            if cursor.fetchone()[0]:
                return
            assert timezone.now() - began < timedelta(seconds=20), "nobody waits"


def by_date(company):
    try:
        release(company)
    finally:
        connections.close_all()


@pytest.mark.parametrize("change", ["title", "date"])
def test_a_date_gives_nothing_that_was_changed_while_it_waited(company, sides, change):
    author, approver = sides
    drafts, seen = sent(company, author, approver)
    with company_scope(company):
        Task.objects.filter(pk=drafts[0].pk).update(release_at=timezone.now() + timedelta(days=1))
        approve_drafts(seen, by=approver)
    with company_scope(company):
        Task.objects.filter(pk=drafts[0].pk).update(release_at=timezone.now() - timedelta(minutes=1))
    later = timezone.now() + timedelta(days=2)
    job = threading.Thread(target=by_date, args=(company,))
    with company_scope(company):
        fields = {"title": "Совсем другое"} if change == "title" else {"release_at": later}
        change_task(Task.objects.get(pk=drafts[0].pk), fields=fields, by=author)
        job.start()
        until_somebody_waits()
    job.join(timeout=60)
    assert not job.is_alive()
    with company_scope(company):
        stands = Task.objects.get(pk=drafts[0].pk)
        assert (stands.is_draft, stands.release_at) == (True, None if change == "title" else later)
        told = Fact.objects.filter(entity=stands.pk, kind__in=["tasks.released", "tasks.release_missed"])
        assert not told.exists()
