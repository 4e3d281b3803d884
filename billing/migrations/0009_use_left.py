"""What is left to pay for use when a subscription is over, and under which moment the provider counts a day."""

from decimal import Decimal

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0008_card_credit"),
    ]

    operations = [
        migrations.AddField(
            model_name="cardaccount",
            name="left",
            field=models.DecimalField(
                db_default=Decimal("0.00"), decimal_places=2, default=Decimal("0.00"), max_digits=18
            ),
        ),
        migrations.AddField(
            model_name="cardaccount",
            name="use_paid_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="meterday",
            name="told_for",
            field=models.DateTimeField(null=True),
        ),
    ]
