import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="MeterEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=10)),
                ("key", models.CharField(max_length=100)),
                ("volume", models.IntegerField()),
                ("day", models.DateField()),
                ("taken", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("taken", False)), fields=["day"], name="meter_event_untaken"),
                    models.Index(fields=["created_at"], name="meter_event_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "key"), name="meter_event_once"),
                    models.CheckConstraint(condition=models.Q(("volume__gt", 0)), name="meter_event_used"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeterMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=10)),
                ("month", models.DateField()),
                ("volume", models.BigIntegerField(default=0)),
                ("told", models.CharField(default="free", max_length=6)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "month"), name="meter_month_once"),
                    models.CheckConstraint(condition=models.Q(("volume__gte", 0)), name="meter_month_used"),
                    models.CheckConstraint(
                        condition=models.Q(("told__in", ["free", "near", "filled"])), name="meter_month_told"
                    ),
                ],
            },
        ),
    ]
