"""Companies may add promises of their own and read none; the control role keeps them."""

from django.db import migrations

_RIGHTS = """
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE wakeups ENABLE ROW LEVEL SECURITY;
CREATE POLICY company_adds ON outbox FOR INSERT TO company_base WITH CHECK (company = current_user);
CREATE POLICY control_keeps ON outbox FOR ALL TO pult_control USING (true) WITH CHECK (true);
CREATE POLICY company_moves ON wakeups FOR ALL TO company_base
  USING (company = current_user) WITH CHECK (company = current_user);
CREATE POLICY control_takes ON wakeups FOR ALL TO pult_control USING (true) WITH CHECK (true);
GRANT INSERT ON outbox TO company_base;
GRANT SELECT, INSERT, UPDATE ON wakeups TO company_base;
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000);
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]
    operations = [migrations.RunSQL(_RIGHTS, migrations.RunSQL.noop)]
