"""Rows of the first tables of routes come through the migration that made versions and decisions append-only."""

from contextlib import contextmanager

import pytest
from django.db.migrations.loader import MigrationLoader

from core.context import company_scope, control_scope, owner_scope
from core.entities.models import Entity
from core.identity.models import Principal
from core.registry import registry
from core.routes.models import Decision, Route, RouteVersion, Step
from tenants.models import Company
from tenants.provisioning import pool
from tenants.provisioning.catalogue import describe, fresh
from tenants.provisioning.fanout import migrate_companies
from tenants.provisioning.public_schema import store_segments
from tenants.snapshots import find

pytestmark = pytest.mark.committed
KEPT = ("routes", "0002_kept")
_ROWS = """
INSERT INTO {s}.routes_route (id, kind, card_type, title, place, condition, by_hand, version)
  VALUES (1, 'tasks.task', '', 'Договоры', 1, '', false, 1), (2, 'tasks.task', '', 'Только черновик', 2, '', false, 1);
INSERT INTO {s}.routes_routeversion
    (id, route_id, number, scheme, author_id, created_at, published_at, published_by_id, retired_at) VALUES
  (1, 1, 1, '{{"stages": ["first"]}}', {who}, '2026-01-01', '2026-01-02', {who}, '2026-02-02'),
  (2, 1, 2, '{{"stages": ["second"]}}', {who}, '2026-02-01', '2026-02-02', {who}, NULL),
  (3, 1, 3, '{{"stages": ["third"]}}', {who}, '2026-03-01', NULL, NULL, NULL),
  (4, 2, 1, '{{"stages": ["alone"]}}', {who}, '2026-04-01', NULL, NULL, NULL);
INSERT INTO {s}.routes_run (id, entity_id, version_id, initiator_id, started_by_id, started_at, outcome)
  VALUES (1, {card}, 1, {who}, {who}, '2026-01-03', '');
INSERT INTO {s}.routes_content (id, run_id, hash, told, created_at) VALUES (1, 1, 'abc', '{{}}', '2026-01-03');
INSERT INTO {s}.routes_passing (id, run_id, code, title, round, state, opened_at, closed_at)
  VALUES (1, 1, 'a', 'А', 1, 'passed', '2026-01-03', '2026-01-04'), (2, 1, 'b', 'Б', 1, 'open', '2026-01-04', NULL);
INSERT INTO {s}.routes_step (id, passing_id, principal_id, place, state, opened_at, closed_at) VALUES
  (1, 1, {who}, 0, 'decided', '2026-01-03', '2026-01-04'), (2, 2, {who}, 0, 'decided', '2026-01-04', '2026-01-05');
INSERT INTO {s}.routes_decision
    (id, step_id, verdict, comment, "to", content_id, principal_id, door, decided_at, void_at) VALUES
  (1, 1, 'approve', 'да', '', 1, {who}, 'web', '2026-01-04', NULL),
  (2, 2, 'remarks', 'но', '', 1, {who}, 'web', '2026-01-05', '2026-01-06');
"""


@contextmanager
def before_it(monkeypatch):
    """Within it no loader knows the migration."""
    load = MigrationLoader.load_disk

    def load_less(self):
        load(self)
        del self.disk_migrations[KEPT]

    with monkeypatch.context() as patched:
        patched.setattr(MigrationLoader, "load_disk", load_less)
        yield


def migrated():
    store_segments()
    report = migrate_companies(lambda text: None, only="alfa")
    assert (report.failed, report.done) == ({}, ["alfa"])


def test_drafts_move_to_their_routes_and_void_decisions_are_told_by_their_steps(committed, monkeypatch):
    with control_scope():
        alfa = Company.objects.get(slug="alfa").schema_name
    tables = committed.sql(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename LIKE 'routes!_%%' ESCAPE '!'", alfa
    )
    committed.sql(f"DROP TABLE {', '.join(f'{alfa}.{name}' for (name,) in tables)} CASCADE")
    committed.sql(f"DELETE FROM {alfa}.django_migrations WHERE app = 'routes'")
    committed.sql("UPDATE tenants_company SET fingerprint = 'none' WHERE slug = 'alfa'")
    with before_it(monkeypatch):
        migrated()
    with company_scope(find(host="alfa.localhost")):
        who = Principal.objects.order_by("pk").first()
        card = Entity.objects.create(kind="tasks.task", title="Договор", author=who, status="new")
    committed.sql(_ROWS.format(s=alfa, who=who.pk, card=card.pk))

    migrated()
    with company_scope(find(host="alfa.localhost")):
        first, second = Route.objects.order_by("pk")
        assert (first.draft, first.draft_by_id, first.draft_at.month) == ({"stages": ["third"]}, who.pk, 3)
        assert second.draft == {"stages": ["alone"]}
        kept = list(RouteVersion.objects.order_by("pk").values_list("route_id", "number", "published_by_id"))
        assert kept == [(1, 1, who.pk), (1, 2, who.pk)]
        assert [step.void_at and step.void_at.day for step in Step.objects.order_by("pk")] == [None, 6]
        assert list(Decision.objects.order_by("pk").values_list("verdict", "comment")) == [
            ("approve", "да"), ("remarks", "но"),
        ]  # fmt: skip
    for table in ("routeversion", "decision", "content"):
        may = "SELECT has_table_privilege(%s, %s, 'UPDATE') OR has_table_privilege(%s, %s, 'DELETE')"
        assert committed.value(may, alfa, f"{alfa}.routes_{table}", alfa, f"{alfa}.routes_{table}") is False
    with control_scope():
        made_now = fresh(pool.scripts_for(registry.preset_modules()))
    with owner_scope(alfa, side="company") as connection:
        assert describe(connection, alfa) == made_now
