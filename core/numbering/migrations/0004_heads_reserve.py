"""Heads of companies that stand already come to reserve numbers, as those of new companies do by their seed.

Only where the role says nothing of it yet. Grants are remembered by epoch, so that of each head moves.
"""

from django.db import migrations

_GRANT = """
WITH fresh AS (
  INSERT INTO access_grant (role_id, permission, scope)
  SELECT id, 'numbering.reserve', 'all' FROM access_role WHERE code = 'head'
  ON CONFLICT (role_id, permission) DO NOTHING RETURNING role_id)
UPDATE identity_principal SET access_epoch = access_epoch + 1 WHERE id IN (
  SELECT held.principal_id FROM access_roleassignment held JOIN fresh ON fresh.role_id = held.role_id);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_field_limits"),
        ("identity", "0003_reading_keys"),
        ("numbering", "0003_reserved"),
    ]
    operations = [migrations.RunSQL(_GRANT, migrations.RunSQL.noop)]
