"""What is used by the unit: days with what is charged, ceilings, invoices and acts for extras."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = [("plan", "За тариф"), ("extras", "За услуги сверх тарифа")]


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0006_cards"),
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ceiling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=10)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ceilings", to="tenants.company"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("company", "code"), name="ceiling_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="ceiling_not_negative"),
                ],
            },
        ),
        migrations.AddField("meterday", "charged", models.IntegerField(null=True)),
        migrations.AddField("meterday", "unit_price", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
        migrations.AddField(
            "meterday",
            "way",
            models.CharField(
                blank=True,
                choices=[("", "Ещё никак"), ("card", "Картой"), ("transfer", "По счёту")],
                db_default="",
                default="",
                max_length=8,
            ),
        ),
        migrations.AddField("meterday", "invoice", models.BigIntegerField(null=True)),
        migrations.AddField(
            "invoice", "kind", models.CharField(choices=KINDS, db_default="plan", default="plan", max_length=6)
        ),
        migrations.AddField("invoice", "used_from", models.DateField(null=True)),
        migrations.AddField("invoice", "used_to", models.DateField(null=True)),
        migrations.AddField(
            "act", "kind", models.CharField(choices=KINDS, db_default="plan", default="plan", max_length=6)
        ),
        # A few papers of each company: the index is built in milliseconds.
        migrations.RemoveConstraint("act", "act_of_days_once"),
        migrations.AddConstraint(
            "act", models.UniqueConstraint(fields=("company", "kind", "period_from"), name="act_of_days_once")
        ),
    ]
