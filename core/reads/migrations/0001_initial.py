import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def to_principal(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.principal", db_index=False, **more
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("identity", "0003_reading_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="Read",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("card", models.BigIntegerField(null=True)),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("count", models.IntegerField(default=1)),
                ("door", models.CharField(max_length=12)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reader", to_principal()),
                ("whose", to_principal(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["at", "id"], name="read_age"),
                    models.Index(fields=["reader", "at", "id"], name="read_by"),
                    models.Index(
                        condition=models.Q(("whose__isnull", False)),
                        fields=["whose", "at", "id"],
                        name="read_of_person",
                    ),
                    models.Index(fields=["kind", "at", "id"], name="read_of_kind"),
                ],
            },
        ),
    ]
