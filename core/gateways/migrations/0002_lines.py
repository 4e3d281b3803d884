"""What is written down of checks, and of troubles of the store."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gateways", "0001_initial")]

    operations = [
        migrations.AddField(model_name="gateway", name="lines", field=models.JSONField(null=True)),
    ]
