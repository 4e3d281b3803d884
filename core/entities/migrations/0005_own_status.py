from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Lower

_OF_TYPE = ("kind", "card_type", "base")


def _points_to_status() -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, null=True, on_delete=models.deletion.PROTECT, related_name="+", to="entities.ownstatus"
    )


class Migration(migrations.Migration):
    dependencies = [("entities", "0004_by_status")]

    operations = [
        migrations.CreateModel(
            name="OwnStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("card_type", models.CharField(blank=True, max_length=40)),
                ("base", models.CharField(max_length=30)),
                ("title", models.CharField(max_length=60)),
                ("color", models.CharField(blank=True, max_length=10)),
                ("place", models.IntegerField()),
                ("is_plain", models.BooleanField(default=False)),
                ("is_default", models.BooleanField(default=False)),
                ("ways", models.JSONField(default=list)),
                ("archived_at", models.DateTimeField(null=True)),
                ("makes_way_for", _points_to_status()),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(name="own_status_plain_once", fields=_OF_TYPE, condition=Q(is_plain=True)),
                    models.UniqueConstraint(
                        name="own_status_default_once", fields=_OF_TYPE, condition=Q(is_default=True)
                    ),
                    models.UniqueConstraint(
                        F("kind"),
                        F("card_type"),
                        Lower("title"),
                        name="own_status_title_once",
                        condition=Q(archived_at__isnull=True),
                    ),
                    models.CheckConstraint(
                        name="own_status_default_lives", condition=Q(is_default=False) | Q(archived_at__isnull=True)
                    ),
                ],
            },
        ),
        migrations.AddField(model_name="entity", name="own_status", field=_points_to_status()),
        migrations.AddIndex(
            model_name="entity",
            index=models.Index(
                name="entity_by_own_status",
                fields=["own_status", "due_at", "id"],
                condition=Q(own_status__isnull=False, trashed_at__isnull=True),
            ),
        ),
    ]
