"""Moments in notices are told by the clock of whoever reads them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0006_push")]
    operations = [
        migrations.AddField(
            model_name="preference",
            name="time_zone",
            field=models.CharField(blank=True, db_default="", default="", max_length=50),
        ),
    ]
