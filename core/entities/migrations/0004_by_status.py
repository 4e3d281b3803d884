from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("entities", "0003_priority_privacy"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="entity",
            index=models.Index(
                condition=models.Q(("trashed_at__isnull", True)),
                fields=["kind", "status", "due_at", "id"],
                name="entity_by_status",
            ),
        ),
    ]
