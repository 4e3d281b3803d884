"""Words are added and read, never changed: but for the name of whoever has lost his."""

from django.db import migrations

_RIGHTS = """
REVOKE UPDATE, TRUNCATE ON appeals_line FROM pult_control;
GRANT UPDATE (author) ON appeals_line TO pult_control;
"""


class Migration(migrations.Migration):
    dependencies = [("appeals", "0001_initial")]

    operations = [migrations.RunSQL(_RIGHTS, migrations.RunSQL.noop)]
