"""What was sealed cannot be changed, deleted or added to behind our back, even by the database's superuser."""

from io import StringIO
from threading import Thread

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection

from core.access.loading import system_actor
from core.audit import jobs
from core.audit.jobs import seal_history
from core.audit.models import Seal
from core.audit.queries import verify
from core.audit.rules import public_key
from core.context import company_scope, control_scope, owner_scope
from core.entities.models import Entity
from core.entities.trash import purge
from core.events.bus import emit
from core.events.models import Fact
from core.outbox.models import Wakeup
from core.registry import registry
from tenants.events import ModulesChanged
from tenants.snapshots import find

pytestmark = pytest.mark.committed


@pytest.fixture
def alfa(committed, monkeypatch):
    """A company with a sealed history, several seals long."""
    monkeypatch.setattr(jobs, "BATCH", 3)
    company = find(host="alfa.localhost")
    say(company, 8)
    seal_history(company)
    return company


def say(company, count: int = 1) -> list[int]:
    with company_scope(company):
        return [emit(ModulesChanged(None, on=(f"m{number}",)), by=system_actor()) for number in range(count)]


def tampered(committed, company, statement: str) -> None:
    committed.sql(f'SET search_path = "{company.schema}"; {statement}')


@pytest.mark.row("SE-09")
def test_a_history_left_alone_is_whole(alfa):
    with company_scope(alfa):
        count = Fact.objects.count()
        seals = Seal.objects.count()
    verdict = verify(alfa)
    assert (verdict.broken, verdict.facts, verdict.open, verdict.seals) == ("", count, 0, seals)
    assert seals == -(-count // 3)
    say(alfa)
    assert verify(alfa).open == 1
    seal_history(alfa)
    assert verify(alfa).open == 0 and verify(alfa).broken == ""
    call_command("verify_audit", stdout=StringIO())


@pytest.mark.row("SE-09")
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE events_fact SET payload = '{}' WHERE id = {id}", "строка {id} (tenants.modules_changed) изменена"),
        ("UPDATE events_fact SET actor_id = (SELECT max(id) FROM identity_principal), door = 'web' WHERE id = {id}",
         "строка {id} (tenants.modules_changed) изменена"),
        ("UPDATE events_fact SET at = at - interval '1 second' WHERE id = {id}", "строка {id} (tenants"),
        ("DELETE FROM events_fact WHERE id = {id}", "строка {id} удалена"),
        ("DELETE FROM audit_seal WHERE number = 2", "печать 2 пропала"),
        ("UPDATE audit_seal SET lines = lines - 0 WHERE number = 2", "печать 2 изменена"),
        ("UPDATE audit_seal SET signature = repeat('0', 128) WHERE number = 2", "печать 2 поставлена не нашим ключом"),
        ("UPDATE audit_seal SET last_fact = last_fact + 1 WHERE number = 2", "печать 2 изменена"),
    ],
)  # fmt: skip
def test_the_first_broken_line_is_named(alfa, committed, statement, told):
    with company_scope(alfa):
        victim = Fact.objects.filter(kind=ModulesChanged.kind).order_by("pk")[4].pk
    tampered(committed, alfa, statement.replace("{id}", str(victim)))
    assert verify(alfa).broken.startswith(told.replace("{id}", str(victim)))
    with pytest.raises(CommandError):
        call_command("verify_audit", "alfa", stdout=StringIO())
    assert verify(find(host="beta.localhost")).broken == ""


@pytest.mark.row("SE-09")
def test_a_line_slipped_in_between_is_named(alfa, committed):
    class Changed(Exception):
        """Somebody thinks better of it: a number is left out."""

    with pytest.raises(Changed), company_scope(alfa):
        gap = emit(ModulesChanged(None), by=system_actor())
        raise Changed
    (after,) = say(alfa)
    seal_history(alfa)
    assert after > gap and verify(alfa).broken == ""
    columns = "kind, entity_id, payload, actor_id, on_behalf_of_id, door, is_private, at"
    forged = f"INSERT INTO events_fact (id, {columns}) SELECT {gap}, {columns} FROM events_fact WHERE id = {after}"
    tampered(committed, alfa, forged)
    assert verify(alfa).broken == f"строка {gap} (tenants.modules_changed) вписана задним числом"


@pytest.mark.row("SE-09")
def test_whoever_sets_all_seals_anew_has_not_the_key(alfa, committed, settings):
    tampered(committed, alfa, "DELETE FROM audit_seal")
    theirs = "bm9ib2R5J3Mta2V5LTMyLWJ5dGVzLWxvbmctMTIzNDU="
    ours, settings.AUDIT_KEY = settings.AUDIT_KEY, theirs
    seal_history(alfa)
    assert verify(alfa).broken == ""
    theirs_public, settings.AUDIT_KEY = public_key(), ours
    assert verify(alfa).broken == "печать 1 поставлена не нашим ключом"
    assert verify(alfa, public=theirs_public).broken == ""


@pytest.mark.row("SE-09")
def test_a_chain_that_was_cut_short_lacks_a_seal_that_the_log_knows(alfa, committed):
    head = verify(alfa).head
    tampered(committed, alfa, "DELETE FROM audit_seal WHERE number = (SELECT max(number) FROM audit_seal)")
    assert verify(alfa).broken == ""
    with pytest.raises(CommandError):
        call_command("verify_audit", "alfa", head=head, stdout=StringIO())


@pytest.mark.row("SE-09")
def test_the_company_itself_can_neither_change_nor_delete_seals(alfa):
    for statement in ("UPDATE audit_seal SET at = now()", "DELETE FROM audit_seal", "TRUNCATE audit_seal"):
        with pytest.raises(ProgrammingError, match="permission denied"), company_scope(alfa):
            connection.cursor().execute(statement)


def test_what_went_with_cards_deleted_for_good_is_no_fault(alfa, committed, monkeypatch):
    registry.modules["tasks"].fill(alfa, 3)
    with company_scope(alfa):
        actor = system_actor()
        card = Entity.objects.filter(kind="tasks.task").order_by("pk").first()
        told = emit(ModulesChanged(card.ref), by=actor)
        Entity.objects.filter(pk=card.pk).update(trashed_at="2020-01-01T00:00Z", trashed_by=actor.principal_id)
    seal_history(alfa)
    purge(alfa)
    with company_scope(alfa):
        assert not Fact.objects.filter(pk=told).exists()
    verdict = verify(alfa)
    assert verdict.broken == "" and verdict.gone >= 1
    seal_history(alfa)
    assert verify(alfa).broken == ""


def test_a_card_deleted_behind_our_back_is_a_fault(alfa, committed):
    registry.modules["tasks"].fill(alfa, 3)
    with company_scope(alfa):
        card = Entity.objects.filter(kind="tasks.task").order_by("pk").first()
        told = emit(ModulesChanged(card.ref), by=system_actor())
    seal_history(alfa)
    with owner_scope(alfa.schema, side="company"):
        Entity.objects.using("owner").get(pk=card.pk).delete()
    assert "удалена" in verify(alfa).broken and told


def test_nothing_is_sealed_before_an_unfinished_transaction(alfa, committed):
    """Its fact has a smaller number and comes later: it must not look as if it had been slipped in."""
    with psycopg.connect(committed.url("pult_owner"), autocommit=False) as slow:
        slow.execute(f'SET LOCAL search_path = "{alfa.schema}"')
        slow.execute(
            "INSERT INTO events_fact (kind, payload, actor_id, door, is_private, at)"
            " SELECT 'tests.slow', '{}', min(id), 'web', false, now() FROM identity_principal"
        )
        say(alfa)
        before = verify(alfa).seals
        seal_history(alfa)
        assert verify(alfa).seals == before
        with control_scope():
            assert Wakeup.objects.filter(company=alfa.schema, kind=jobs.SEAL).exists()
        slow.commit()
    seal_history(alfa)
    verdict = verify(alfa)
    assert verdict.broken == "" and verdict.seals > before
    seal_history(alfa)
    assert verify(alfa).open == 0


def test_two_workers_set_no_seal_twice(alfa):
    say(alfa, 20)
    failures = []

    def work():
        try:
            seal_history(alfa)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seal_history(alfa)
    verdict = verify(alfa)
    assert not failures and verdict.broken == "" and verdict.open == 0


def test_killed_between_two_seals_the_next_round_goes_on(alfa, committed):
    say(alfa, 9)
    status, _ = committed.child("job", "audit.seal", alfa.schema, "0", fail="audit.sealed")
    assert status == 137
    seal_history(alfa)
    verdict = verify(alfa)
    assert verdict.broken == "" and verdict.open == 0
