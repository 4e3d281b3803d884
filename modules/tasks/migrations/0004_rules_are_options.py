from django.db import migrations

_CARRY = """
INSERT INTO options_optionvalue (code, value)
SELECT 'tasks.closing', to_jsonb(closing) FROM tasks_taskrules WHERE closing <> 'ask'
UNION ALL SELECT 'tasks.starting', to_jsonb(starting) FROM tasks_taskrules WHERE starting <> 'warn'
UNION ALL SELECT 'tasks.needs_reason', to_jsonb(needs_reason) FROM tasks_taskrules WHERE NOT needs_reason
ON CONFLICT (code) DO NOTHING
"""


class Migration(migrations.Migration):
    """What companies have decided about their tasks stands among their options."""

    dependencies = [
        ("options", "0001_initial"),
        ("tasks", "0003_templates"),
    ]

    operations = [
        migrations.RunSQL(_CARRY, migrations.RunSQL.noop),
        migrations.DeleteModel(name="TaskRules"),
    ]
