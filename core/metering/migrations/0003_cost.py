from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("metering", "0002_terms")]

    operations = [
        migrations.AddField(
            model_name="metermonth",
            name="cost",
            field=models.DecimalField(decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AddField(model_name="metermonth", name="day", field=models.DateField(null=True)),
        migrations.AddField(
            model_name="metermonth", name="units", field=models.BigIntegerField(db_default=0, default=0)
        ),
        migrations.AddField(
            model_name="metermonth",
            name="unit_price",
            field=models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=12),
        ),
    ]
