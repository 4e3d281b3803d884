"""What the plan of a card that is no template asks to be done (decision 0026).

Safe beside the former version: a table of its own, which that version does not know; plans without a row in it are
those of templates, as before.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0003_reading_keys"),
        ("recurrence", "0002_recipients"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlannedWork",
            fields=[
                (
                    "recurrence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="work",
                        serialize=False,
                        to="recurrence.recurrence",
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("due_in", models.SmallIntegerField(null=True)),
                (
                    "answerer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.principal",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.principal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_in__isnull", True), ("due_in__gt", 0), _connector="OR"),
                        name="planned_work_due_later",
                    )
                ],
            },
        ),
    ]
