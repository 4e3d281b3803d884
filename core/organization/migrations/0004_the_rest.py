"""While a release is rolled out, the former version goes on hiring in companies that are migrated already, and it gives no
numbers: a day later, when it is gone, a job looks for whoever has none.
"""

from django.db import migrations

_WAKE = """
INSERT INTO public.wakeups (company, kind, due_at)
  SELECT current_schema(), 'organization.numbers', now() + interval '1 day'
  WHERE EXISTS (SELECT FROM organization_employee)
ON CONFLICT (company, kind) DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("organization", "0003_staff_numbers")]
    operations = [migrations.RunSQL(_WAKE, migrations.RunSQL.noop)]
