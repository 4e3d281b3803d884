import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FieldLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("field", models.CharField(max_length=40)),
                ("level", models.CharField(choices=[("hidden", "Не видит"), ("read", "Видит")], max_length=6)),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="limits", to="access.role"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("role", "kind", "field"), name="field_limit_once"),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["hidden", "read"])), name="field_limit_narrows"
                    ),
                ],
            },
        ),
    ]
