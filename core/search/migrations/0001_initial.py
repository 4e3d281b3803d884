"""The table of documents. Cards that a company has already are read by a job that it is woken for."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

_WAKE = """
INSERT INTO public.wakeups (company, kind, due_at)
  SELECT current_schema(), 'search.all', now() WHERE EXISTS (SELECT FROM entities_entity)
ON CONFLICT (company, kind) DO NOTHING
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("entities", "0002_parts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "entity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="entities.entity",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["words"], gin_pending_list_limit=512, name="document_words"
                    )
                ],
            },
        ),
        migrations.RunSQL(_WAKE, migrations.RunSQL.noop),
    ]
