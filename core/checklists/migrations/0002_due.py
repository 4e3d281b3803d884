"""Points that are due are found by their moment: whoever has one is reminded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("checklists", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="point",
            index=models.Index(
                condition=models.Q(("assignee__isnull", False), ("due_at__isnull", False), ("outcome", "")),
                fields=["due_at", "id"],
                name="point_due",
            ),
        ),
    ]
