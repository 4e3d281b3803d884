"""What companies had decided in the former table of rules stands among their options after the migration."""

from importlib import import_module

import pytest

from core.context import company_scope
from core.options.models import OptionValue
from tenants.snapshots import find

_FORMER = """
SET search_path TO {schema};
CREATE TABLE tasks_taskrules (id bigint, closing varchar(10), starting varchar(10), needs_reason boolean);
INSERT INTO tasks_taskrules VALUES (1, '{closing}', '{starting}', {needs_reason});
{carry}
"""


@pytest.mark.committed
@pytest.mark.parametrize(
    ("closing", "starting", "needs_reason", "kept"),
    [
        ("together", "allow", "false", {
            "tasks.closing": "together", "tasks.starting": "allow", "tasks.needs_reason": False,
        }),
        ("ask", "warn", "true", {}),
    ],
)  # fmt: skip
def test_decisions_are_carried_over_and_defaults_are_not(committed, closing, starting, needs_reason, kept):
    company = find(host="alfa.localhost")
    carry = import_module("modules.tasks.migrations.0004_rules_are_options")._CARRY
    told = {"closing": closing, "starting": starting, "needs_reason": needs_reason, "carry": carry}
    committed.sql(_FORMER.format(schema=company.schema, **told))
    with company_scope(company):
        assert dict(OptionValue.objects.values_list("code", "value")) == kept
