from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("metering", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="meterevent",
            name="unit_price",
            field=models.DecimalField(decimal_places=2, max_digits=12, null=True),
        ),
        migrations.AddField(model_name="meterevent", name="free", field=models.IntegerField(null=True)),
    ]
