import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """A template gives its tasks to whoever holds a role or sits in a department."""

    dependencies = [
        ("tasks", "0005_draft_requests"),
    ]

    operations = [
        migrations.AddField(
            model_name="tasktemplate",
            name="roles",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=50), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="tasktemplate",
            name="departments",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, size=None
            ),
        ),
    ]
