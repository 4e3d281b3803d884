"""Who had a card made by hand: such cards are counted for him, and take nothing from the measure of plans.

Safe beside the former version: the column is empty in all rows that stand and in those that the former version still
writes. It has no key: the database would read every row for it, and nobody of the company's people is ever deleted.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0003_reading_keys"),
        ("recurrence", "0003_planned_work"),
    ]

    operations = [
        migrations.AddField(
            model_name="occurrence",
            name="given_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.principal",
            ),
        ),
    ]
