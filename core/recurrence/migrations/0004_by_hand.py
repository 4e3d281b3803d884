"""Who had a card made by hand: such cards are counted for him, and take nothing from the measure of plans.

Safe beside the former version: the column is empty in all rows that stand and in those that the former version still
writes. The key to people holds for rows written from now on, and none is read for it.
"""

import django.db.models.deletion
from django.db import migrations, models

_KEY = "occurrence_given_by_somebody"


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
        migrations.RunSQL(
            f"ALTER TABLE recurrence_occurrence ADD CONSTRAINT {_KEY} FOREIGN KEY (given_by_id) "
            "REFERENCES identity_principal (id) DEFERRABLE INITIALLY DEFERRED NOT VALID",
            f"ALTER TABLE recurrence_occurrence DROP CONSTRAINT {_KEY}",
        ),
    ]
