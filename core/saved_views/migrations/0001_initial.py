import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("identity", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=80)),
                ("params", models.JSONField(default=dict)),
                ("columns", models.JSONField(default=list)),
                ("place", models.IntegerField()),
                (
                    "audience",
                    models.CharField(
                        choices=[("me", "Только я"), ("some", "Выбранные роли и отделы"), ("all", "Все")],
                        default="me",
                        max_length=4,
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "departments",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.principal",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("audience", "me"), _negated=True), fields=["kind"], name="saved_view_shared"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("owner"),
                        models.F("kind"),
                        django.db.models.functions.text.Lower("title"),
                        name="saved_view_title_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["me", "some", "all"])), name="saved_view_audience_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("columns", models.JSONField(default=list)),
                (
                    "principal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="identity.principal",
                    ),
                ),
                (
                    "view",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="saved_views.savedview",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("principal", "kind"), name="list_choice_once")],
            },
        ),
    ]
