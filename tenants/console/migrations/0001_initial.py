"""Operators, their journal, what they know of companies and tell them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0004_consent"),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500)),
                (
                    "tone",
                    models.CharField(
                        choices=[("note", "Сообщение"), ("warning", "Предупреждение")], default="note", max_length=8
                    ),
                ),
                ("begins_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "plans",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [models.Index(fields=["ends_at"], name="announcement_ends")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("begins_at"))), name="announcement_lasts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tone__in", ["note", "warning"])), name="announcement_tone_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Operator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.CharField(max_length=254, unique=True)),
                ("full_name", models.CharField(max_length=200)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("support", "Поддержка"),
                            ("operator", "Оператор"),
                            ("chief", "Главный оператор"),
                        ],
                        max_length=8,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("password", models.CharField(max_length=200)),
                ("password_changed_at", models.DateTimeField(null=True)),
                ("totp_secret", models.BinaryField(null=True)),
                ("totp_confirmed_at", models.DateTimeField(null=True)),
                ("totp_last_step", models.BigIntegerField(default=0)),
                ("recovery_hashes", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_sign_in_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="operator_email_normalised",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["support", "operator", "chief"])), name="operator_role_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OperatorSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("browser", "Браузер"), ("token", "Ключ API")], max_length=8),
                ),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(blank=True, max_length=100)),
                ("user_agent", models.CharField(blank=True, max_length=300)),
                ("ip", models.GenericIPAddressField(null=True)),
                ("reads_only", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "operator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="console.operator"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["operator", "-last_seen_at"], name="operator_session_of"),
                    models.Index(fields=["expires_at"], name="operator_session_age"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["browser", "token"])), name="operator_session_kind"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("who", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=40)),
                ("company_id", models.BigIntegerField(null=True)),
                ("company_slug", models.CharField(blank=True, max_length=40)),
                ("ip", models.GenericIPAddressField(null=True)),
                ("user_agent", models.CharField(blank=True, max_length=300)),
                ("door", models.CharField(max_length=8)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, max_length=500)),
                (
                    "operator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deeds",
                        to="console.operator",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["company_id", "-id"], name="deed_of_company"),
                    models.Index(fields=["kind", "-id"], name="deed_of_kind"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Figures",
            fields=[
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="figures",
                        serialize=False,
                        to="tenants.company",
                    ),
                ),
                ("last_seen_at", models.DateTimeField(null=True)),
                ("faults_day", models.DateField(null=True)),
                ("faults", models.IntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["-last_seen_at"], name="figures_seen")],
            },
        ),
        migrations.CreateModel(
            name="FormerName",
            fields=[
                ("slug", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("until", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="former_names", to="tenants.company"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["until"], name="former_name_ends")],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("principal_id", models.BigIntegerField()),
                ("given_by", models.CharField(max_length=200)),
                ("may_change", models.BooleanField(default=False)),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="tenants.company"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["company", "-id"], name="consent_of_company")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)), fields=("company",), name="consent_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("given_at"))), name="consent_lasts"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session_id", models.BigIntegerField()),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="visits", to="console.consent"
                    ),
                ),
                (
                    "operator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="console.operator"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["consent", "-id"], name="visit_of_consent")],
            },
        ),
    ]
