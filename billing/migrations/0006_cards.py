import django.db.models.deletion
import django.utils.timezone
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0005_act_parties"),
        ("tenants", "0004_consent"),
    ]

    operations = [
        migrations.AddField(
            model_name="subscription",
            name="by",
            field=models.CharField(
                choices=[("transfer", "По счёту"), ("card", "Картой")],
                db_default="transfer",
                default="transfer",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="renews",
            field=models.BooleanField(db_default=False, default=False),
        ),
        AddConstraintNotValid(
            model_name="subscription",
            constraint=models.CheckConstraint(
                name="subscription_by",
                condition=models.Q(("by", "card"), models.Q(("by", "transfer"), ("renews", False)), _connector="OR"),
            ),
        ),
        migrations.CreateModel(
            name="CardAccount",
            fields=[
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="card",
                        serialize=False,
                        to="tenants.company",
                    ),
                ),
                ("customer", models.CharField(max_length=64, unique=True)),
                ("subscription", models.CharField(blank=True, max_length=64)),
                ("status", models.CharField(blank=True, max_length=20)),
                ("cancels_on", models.DateField(null=True)),
                ("brand", models.CharField(blank=True, max_length=20)),
                ("last4", models.CharField(blank=True, max_length=4)),
                ("expires", models.CharField(blank=True, max_length=7)),
                ("problem", models.CharField(blank=True, max_length=60)),
                ("pay_url", models.CharField(blank=True, max_length=1000)),
                ("asked", models.BigIntegerField(default=0)),
                ("applied", models.BigIntegerField(default=0)),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["read_at"], name="card_account_read")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("applied__lte", models.F("asked"))), name="card_account_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CardSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session", models.CharField(max_length=200, null=True, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("over_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="card_sessions", to="tenants.company"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("over_at__isnull", True)), fields=["company"], name="card_session_open"
                    ),
                    models.Index(fields=["made_at"], name="card_session_made"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=100, unique=True)),
                ("kind", models.CharField(max_length=100)),
                ("customer", models.CharField(blank=True, max_length=64)),
                ("after", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Ждёт"),
                            ("applied", "Учтено"),
                            ("ignored", "Не касается нас"),
                            ("failed", "Не получилось, повторим"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["received_at"], name="card_event_received"),
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "failed"])),
                        fields=["id"],
                        name="card_event_undone",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "applied", "ignored", "failed"])),
                        name="card_event_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeterDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("code", models.CharField(max_length=10)),
                ("volume", models.IntegerField()),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="metered", to="tenants.company"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("told_at__isnull", True)), fields=["id"], name="meter_day_untold")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("company", "day", "code"), name="meter_day_once"),
                    models.CheckConstraint(condition=models.Q(("volume__gt", 0)), name="meter_day_used"),
                ],
            },
        ),
    ]
