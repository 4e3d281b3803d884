"""What people ask of the service, the words of both sides, the files that go along."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("console", "0002_rights"),
        ("tenants", "0007_address_of_consent"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("principal_id", models.BigIntegerField()),
                ("author", models.CharField(max_length=200)),
                ("topic", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Ждёт ответа"),
                            ("answered", "Есть ответ"),
                            ("waiting", "Ждёт уточнения"),
                            ("closed", "Закрыто"),
                        ],
                        default="new",
                        max_length=8,
                    ),
                ),
                ("context", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeals",
                        to="tenants.company",
                    ),
                ),
                (
                    "operator",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="console.operator",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["company", "-moved_at", "-id"], name="appeal_of_company"),
                    models.Index(fields=["company", "principal_id", "-moved_at", "-id"], name="appeal_of_person"),
                    models.Index(fields=["operator", "-moved_at", "-id"], name="appeal_of_operator"),
                    models.Index(fields=["state", "-moved_at", "-id"], name="appeal_by_state"),
                    models.Index(fields=["-moved_at", "-id"], name="appeal_moved"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("company", "principal_id", "key"), name="appeal_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["new", "answered", "waiting", "closed"])),
                        name="appeal_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("principal_id", models.BigIntegerField(null=True)),
                ("author", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("is_note", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "appeal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="appeals.appeal",
                    ),
                ),
                (
                    "operator",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="console.operator",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["appeal", "-id"], name="appeal_line_of"),
                    models.Index(fields=["principal_id", "at"], name="appeal_line_today"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("appeal", "key"), name="appeal_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_note", False), ("operator__isnull", True), ("principal_id__isnull", False)),
                            models.Q(("operator__isnull", False), ("principal_id__isnull", True)),
                            _connector="OR",
                        ),
                        name="appeal_line_by_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("principal_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=255)),
                ("size", models.BigIntegerField()),
                ("content_type", models.CharField(max_length=150)),
                ("storage_key", models.CharField(max_length=200, unique=True)),
                ("checksum", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploading", "Загружается"),
                            ("checking", "Проверяется"),
                            ("ready", "Готов"),
                            ("rejected", "Отклонён"),
                        ],
                        default="uploading",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appeal_papers",
                        to="tenants.company",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="appeals.line",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["company", "created_at"], name="appeal_paper_today"),
                    models.Index(
                        condition=models.Q(("line__isnull", True)), fields=["created_at"], name="appeal_paper_unsent"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="appeal_paper_holds"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["uploading", "checking", "ready", "rejected"])),
                        name="appeal_paper_state",
                    ),
                ],
            },
        ),
    ]
