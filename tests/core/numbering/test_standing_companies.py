"""A permission that came later reaches the heads of companies that stand already."""

import pytest

from core.context import control_scope
from core.numbering.permissions import RESERVE_NUMBERS
from tenants.models import Company
from tenants.provisioning.fanout import migrate_companies

pytestmark = pytest.mark.committed
HELD = """
SELECT scope FROM {0}.access_grant held JOIN {0}.access_role role ON role.id = held.role_id
WHERE role.code = %s AND permission = %s
"""
EPOCHS = "SELECT id, access_epoch FROM {0}.identity_principal"


def test_heads_of_a_standing_company_come_to_reserve_and_no_role_is_widened(committed):
    with control_scope():
        schemas = {row.slug: row.schema_name for row in Company.objects.filter(slug__in=["alfa", "beta"])}
    for schema in schemas.values():
        committed.sql(f"DELETE FROM {schema}.access_grant WHERE permission = %s", RESERVE_NUMBERS.code)
        committed.sql(f"DELETE FROM {schema}.django_migrations WHERE app = 'numbering' AND name LIKE '0004%%'")
        committed.sql(
            f"INSERT INTO {schema}.access_roleassignment (role_id, principal_id) SELECT r.id, max(p.id)"
            f" FROM {schema}.access_role r, {schema}.identity_principal p WHERE r.code = 'head' GROUP BY r.id"
        )
    # There somebody has said it already, narrower than we would: it stays.
    committed.sql(
        f"INSERT INTO {schemas['beta']}.access_grant (role_id, permission, scope)"
        f" SELECT id, %s, 'own' FROM {schemas['beta']}.access_role WHERE code = 'head'",
        RESERVE_NUMBERS.code,
    )
    committed.sql("UPDATE tenants_company SET fingerprint = 'older'")
    before = {slug: dict(committed.sql(EPOCHS.format(schema))) for slug, schema in schemas.items()}

    report = migrate_companies(lambda text: None)
    assert (report.failed, set(report.done)) == ({}, {"alfa", "beta"})
    for slug, scope, moved in (("alfa", "all", 1), ("beta", "own", 0)):
        assert committed.sql(HELD.format(schemas[slug]), "head", RESERVE_NUMBERS.code) == [(scope,)]
        assert committed.sql(HELD.format(schemas[slug]), "employee", RESERVE_NUMBERS.code) == []
        after = dict(committed.sql(EPOCHS.format(schemas[slug])))
        head = max(after)
        assert {who for who in after if after[who] != before[slug][who]} == ({head} if moved else set())
