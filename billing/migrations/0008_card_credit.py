"""What the provider of cards holds for a customer's next invoices, and what of it is our credit already."""

from decimal import Decimal

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0007_meters"),
    ]

    operations = [
        migrations.AddField(
            model_name="cardaccount",
            name="credit",
            field=models.DecimalField(
                db_default=Decimal("0.00"), decimal_places=2, default=Decimal("0.00"), max_digits=18
            ),
        ),
        migrations.AddField(
            model_name="cardaccount",
            name="moves",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="cardaccount",
            name="taken",
            field=models.DecimalField(
                db_default=Decimal("0.00"), decimal_places=2, default=Decimal("0.00"), max_digits=18
            ),
        ),
    ]
