"""A moment of a template for one recipient once (decision 0025).

Safe beside the former version: the column is empty in all rows that stand and in those that the former version still
writes, and rows without a recipient never clash. The index takes the place of another, which kept the same order.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0003_reading_keys"),
        ("recurrence", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="occurrence",
            name="recipient",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.principal",
            ),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.UniqueConstraint(
                fields=("template", "at", "recipient"), name="occurrence_of_recipient_once"
            ),
        ),
        migrations.RemoveConstraint(model_name="occurrence", name="occurrence_once"),
    ]
