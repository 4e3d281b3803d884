import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def to_principal(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.principal", **more
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("identity", "0003_reading_keys"),
        ("organization", "0004_the_rest"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Готовится"), ("ready", "Готов"), ("failed", "Не вышло")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("storage_key", models.CharField(max_length=200)),
                ("size", models.BigIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                ("author", to_principal(db_index=False)),
                (
                    "employee",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organization.employee",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["employee", "-id"], name="person_file_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "ready", "failed"])), name="person_file_state"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Anonymisation",
            fields=[
                (
                    "employee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="anonymisation",
                        serialize=False,
                        to="organization.employee",
                    ),
                ),
                ("words", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                ("author", to_principal(db_index=False)),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.CharField(max_length=40)),
                ("version", models.DateField()),
                ("given_at", models.DateTimeField()),
                ("ip", models.GenericIPAddressField(null=True)),
                ("way", models.CharField(max_length=20)),
                ("principal", to_principal()),
            ],
            options={
                "indexes": [models.Index(fields=["-given_at", "-id"], name="consent_recent")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("principal", "document", "version", "given_at"), name="consent_once"
                    )
                ],
            },
        ),
    ]
