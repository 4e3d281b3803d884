"""Who hears when of what is overdue."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_channels")]

    operations = [
        migrations.AddField(model_name="preference", name="ladder", field=models.JSONField(null=True)),
    ]
