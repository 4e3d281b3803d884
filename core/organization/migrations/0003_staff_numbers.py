"""People who stand in a company already are numbered in the order of their cards; new ones take the next number.

Rows of employees' cards alone are held, and only against those who change the same cards: nobody who reads waits. A company
without people gets nothing, its counter begins with the first of them. Search learns the numbers by its own job.
"""

from django.db import migrations

_NUMBER = """
WITH placed AS (
  SELECT id, row_number() OVER (ORDER BY id) AS place FROM entities_entity
  WHERE kind = 'organization.employee' AND number = ''),
given AS (UPDATE entities_entity AS card SET number = 'Т-' || placed.place FROM placed
  WHERE card.id = placed.id RETURNING card.id)
INSERT INTO numbering_numbercounter (kind, last)
  SELECT 'organization.employee', count(*) FROM given HAVING count(*) > 0
ON CONFLICT (kind) DO NOTHING;
"""
_WAKE = """
INSERT INTO public.wakeups (company, kind, due_at)
  SELECT current_schema(), 'search.all', now()
  WHERE EXISTS (SELECT FROM entities_entity WHERE kind = 'organization.employee')
ON CONFLICT (company, kind) DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("entities", "0006_approvers"),
        ("numbering", "0004_heads_reserve"),
        ("organization", "0002_department_codes"),
        ("search", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(_NUMBER, migrations.RunSQL.noop),
        migrations.RunSQL(_WAKE, migrations.RunSQL.noop),
    ]
