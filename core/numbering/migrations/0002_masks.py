from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("numbering", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="NumberMask",
            fields=[
                ("kind", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("mask", models.CharField(max_length=60)),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("none", "Не начинать заново"),
                            ("year", "Каждый год"),
                            ("quarter", "Каждый квартал"),
                            ("month", "Каждый месяц"),
                            ("day", "Каждый день"),
                        ],
                        default="none",
                        max_length=7,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(period__in=["none", "year", "quarter", "month", "day"]),
                        name="mask_period_known",
                    )
                ],
            },
        ),
        # No company could have changed a prefix yet: every counter has the one its kind has.
        migrations.RemoveField("numbercounter", "prefix"),
        migrations.AlterField(
            "numbercounter", "kind", models.CharField(max_length=80, primary_key=True, serialize=False)
        ),
    ]
