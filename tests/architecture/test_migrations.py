"""A migration holds its tables until the whole company is migrated; people wait (docs/authors/migrations.md).

Looked for is what reads all rows of a table that stands already: a check or a foreign key that is validated at once, an
index. What was released before this test is listed and never edited.
"""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from core.discovery import company_apps, public_apps
from tests.architecture.sources import ROOT

# Tables with as many rows as a company has departments, masks of numbers, routes or services: hundreds at the very
# most. Acts are the service's own papers, one or two of a company each month, and nobody waits for them at a screen.
SMALL = frozenset(
    {
        "billing.act",
        "gateways.gateway",
        "numbering.numbercounter",
        "numbering.numbermask",
        "organization.department",
        "routes.route",
        "routes.routeversion",
    }
)
KNOWN = frozenset(
    {
        "attachments.0002_copies attachment: index attachment_of_object",
        "checklists.0002_due point: index point_due",
        "entities.0002_parts participant: constraint participant_part_known",
        "entities.0003_priority_privacy entity: constraint entity_priority_known",
        "entities.0003_priority_privacy entity: index entity_by_priority",
        "entities.0003_priority_privacy entity: index entity_drafts",
        "entities.0004_by_status entity: index entity_by_status",
        "entities.0005_own_status entity: field own_status",
        "entities.0005_own_status entity: index entity_by_own_status",
        "entities.0006_approvers participant: constraint participant_part_known",
        "events.0002_ages inbox: index inbox_age",
        "events.0003_of_company fact: index fact_of_company",
        "identity.0002_ages session: index session_age",
        "notifications.0002_channels delivery: constraint delivery_channel_known",
        "notifications.0002_channels delivery: constraint delivery_status_known",
        "notifications.0002_channels delivery: field entity",
        "notifications.0002_channels delivery: index bell_of_person",
        "notifications.0002_channels delivery: index bell_unread",
        "notifications.0002_channels delivery: index delivery_of_card",
        "notifications.0004_together delivery: index delivery_waiting",
        "notifications.0005_in_chat delivery: index delivery_in_chat",
        "notifications.0006_push delivery: constraint delivery_channel_known",
        "outbox.0003_workers outbox: index outbox_in_hand",
        "tasks.0002_subtasks_time task: constraint task_estimate_positive",
        "tasks.0002_subtasks_time task: constraint task_moves_are_counted",
        "tasks.0002_subtasks_time task: constraint task_not_own_parent",
        "tasks.0002_subtasks_time task: field parent",
        "tasks.0002_subtasks_time task: index task_of_parent",
        "tasks.0002_subtasks_time task: index task_to_release",
        "tenants.0002_ages controlletter: index control_letter_age",
        "tenants.0002_ages signup: index signup_age",
    }
)
# What could not be avoided, with its record.
DECIDED = frozenset(
    {
        # 0030: of the registry, which has a row for each company.
        "console.0002_rights sql: index",
        # 0025
        "recurrence.0002_recipients occurrence: constraint occurrence_of_recipient_once",
        "recurrence.0002_recipients occurrence: field recipient",
        # 0032: what is promised now, thousands of rows at most; a hundred thousand are indexed in a tenth of a second.
        "outbox.0005_of_company outbox: index outbox_of_company",
    }
)
_INDEX = re.compile(r"\bCREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)", re.IGNORECASE)
_CONSTRAINT = re.compile(
    r"\bADD\s+CONSTRAINT\b(?!.*\bNOT\s+VALID\b)[^;]*\b(CHECK|FOREIGN|UNIQUE|EXCLUDE)\b", re.I | re.S
)


def names() -> list[tuple[str, str]]:
    """(app, migration) of the whole product."""
    found = []
    for app in [*company_apps(), *public_apps()]:
        folder = ROOT / app.replace(".", "/") / "migrations"
        found += [(app, path.stem) for path in sorted(folder.glob("[0-9]*.py"))]
    return found


def slow_in(app: str, name: str) -> list[str]:
    """What a migration does that takes the longer the more rows there are: `table: operation`."""
    migration = import_module(f"{app}.migrations.{name}").Migration
    return slow(migration.operations, app.rpartition(".")[2])


def slow(operations: list[Operation], label: str) -> list[str]:
    flat = list(_flat(operations))
    new = {one.name.lower() for one in flat if isinstance(one, migrations.CreateModel)}
    new |= {name.partition(".")[2] for name in SMALL if name.startswith(f"{label}.")}
    return [what for one in flat if (what := _what(one)) and _table(one) not in new]


def _flat(operations: list[Operation]) -> Iterator[Operation]:
    for one in operations:
        if isinstance(one, migrations.SeparateDatabaseAndState):
            yield from _flat(one.database_operations)
        else:
            yield one


def _table(one: Operation) -> str:
    return getattr(one, "model_name", "").lower()


def _what(one: Operation) -> str:
    """What of an operation reads all rows; empty when it reads none."""
    if isinstance(one, migrations.AddIndex) and not isinstance(one, AddIndexConcurrently):
        return f"{_table(one)}: index {one.index.name}"
    if isinstance(one, migrations.AddConstraint) and not isinstance(one, AddConstraintNotValid):
        return f"{_table(one)}: constraint {one.constraint.name}"
    if isinstance(one, migrations.AddField | migrations.AlterField):
        return _of_field(one)
    if isinstance(one, migrations.RunSQL):
        text = str(one.sql)
        return "sql: index" if _INDEX.search(text) else "sql: constraint" if _CONSTRAINT.search(text) else ""
    return ""


def _of_field(one: migrations.AddField | migrations.AlterField) -> str:
    field = one.field
    is_tie = isinstance(field, models.ForeignKey) and (field.db_constraint or field.db_index)
    return f"{_table(one)}: field {one.name}" if is_tie or field.unique or field.db_index else ""


@pytest.mark.parametrize("app,name", names())
def test_no_new_migration_holds_a_large_table(app, name):
    code = f"{app.rpartition('.')[2]}.{name}"
    new = [f"{code} {what}" for what in slow_in(app, name)]
    assert [what for what in new if what not in KNOWN | DECIDED] == [], "see docs/authors/migrations.md"


def test_what_is_known_is_there():
    """A list that says more than there is would let something through."""
    there = {f"{app.rpartition('.')[2]}.{name} {what}" for app, name in names() for what in slow_in(app, name)}
    assert there >= KNOWN | DECIDED


_CHECK = models.CheckConstraint(name="x_known", condition=models.Q(part="x"))
_TIE = models.ForeignKey("entities.Entity", models.CASCADE, null=True)
_BARE_TIE = models.ForeignKey("entities.Entity", models.CASCADE, null=True, db_constraint=False, db_index=False)
_NEW = migrations.CreateModel("Fresh", [("id", models.BigAutoField(primary_key=True))])


@pytest.mark.parametrize(
    "operations,found",
    [
        ([migrations.AddConstraint("participant", _CHECK)], ["participant: constraint x_known"]),
        ([AddConstraintNotValid("participant", _CHECK)], []),
        ([_NEW, migrations.AddConstraint("fresh", _CHECK)], []),
        ([migrations.AddIndex("fact", models.Index(fields=["at"], name="i"))], ["fact: index i"]),
        ([AddIndexConcurrently("fact", models.Index(fields=["at"], name="i"))], []),
        ([migrations.AddField("comment", "card", _TIE)], ["comment: field card"]),
        ([migrations.AddField("comment", "card", _BARE_TIE)], []),
        ([migrations.AddField("comment", "note", models.TextField(null=True))], []),
        ([migrations.AlterField("comment", "note", models.TextField(unique=True))], ["comment: field note"]),
        (
            [migrations.SeparateDatabaseAndState([migrations.AddField("comment", "card", _TIE)])],
            ["comment: field card"],
        ),
        ([migrations.RunSQL("create index i on comments_comment (id)")], ["sql: index"]),
        ([migrations.RunSQL("CREATE INDEX CONCURRENTLY i ON comments_comment (id)")], []),
        ([migrations.RunSQL("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)")], ["sql: constraint"]),
        ([migrations.RunSQL("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID")], []),
    ],
)
def test_the_eye_that_looks(operations, found):
    assert slow(operations, "x") == found


def test_small_tables_are_tables_and_are_let_through():
    for name in SMALL:
        apps.get_model(name)
        label, _, model = name.partition(".")
        assert slow([migrations.AddIndex(model, models.Index(fields=["id"], name="i"))], label) == []
