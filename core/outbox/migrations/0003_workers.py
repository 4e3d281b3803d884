"""Who has a promise in hand, and which workers are alive."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0002_rights"),
    ]

    operations = [
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "db_table": "workers",
            },
        ),
        migrations.AddField(
            model_name="outbox",
            name="worker",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="outbox",
            index=models.Index(condition=models.Q(("worker__isnull", False)), fields=["worker"], name="outbox_in_hand"),
        ),
    ]
