import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0003_reading_keys"),
        ("numbering", "0002_masks"),
        # Numbers say departments by their codes.
        ("organization", "0002_department_codes"),
    ]

    operations = [
        migrations.AddField(
            model_name="numbermask",
            name="mode",
            field=models.CharField(
                choices=[("strict", "Без пропусков"), ("fast", "Без ожидания")],
                db_default="strict",
                default="strict",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="numbermask", name="per_department", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddField(
            model_name="numbermask", name="per_type", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddField(model_name="numbermask", name="types", field=models.JSONField(db_default={}, default=dict)),
        migrations.AddConstraint(
            model_name="numbermask",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["strict", "fast"])), name="mask_mode_known"
            ),
        ),
        migrations.AlterField(
            model_name="numbercounter",
            name="kind",
            field=models.CharField(max_length=120, primary_key=True, serialize=False),
        ),
        migrations.AddField(
            model_name="numbercounter", name="is_stale", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.CreateModel(
            name="ReservedNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("counted_by", models.CharField(max_length=120)),
                ("counter", models.BigIntegerField()),
                ("mask", models.CharField(max_length=60)),
                ("number", models.CharField(blank=True, db_default="", max_length=60)),
                ("until", models.DateTimeField(null=True)),
                ("purpose", models.CharField(blank=True, db_default="", max_length=200)),
                (
                    "holder",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.principal",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("holder__isnull", False)),
                        fields=["until", "id"],
                        name="reserved_number_until",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("counted_by", "counter"), name="reserved_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("holder__isnull", True), ("until__isnull", True)),
                            models.Q(("holder__isnull", False), ("until__isnull", False)),
                            _connector="OR",
                        ),
                        name="reserved_has_holder",
                    ),
                ],
            },
        ),
    ]
