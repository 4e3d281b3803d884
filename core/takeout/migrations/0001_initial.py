import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("identity", "0003_reading_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="Takeout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Готовится"), ("ready", "Готова"), ("failed", "Не вышла")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("name", models.CharField(max_length=255)),
                ("storage_key", models.CharField(max_length=200)),
                ("rows_count", models.BigIntegerField(default=0)),
                ("files_count", models.IntegerField(default=0)),
                ("missing_count", models.IntegerField(default=0)),
                ("size", models.BigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.principal",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-created_at"], name="takeout_recent")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "ready", "failed"])), name="takeout_state_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")), fields=("state",), name="takeout_one_waiting"
                    ),
                ],
            },
        ),
    ]
