"""An answer in a chat finds the message that it answers."""

import django.db.models.fields.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_together")]

    operations = [
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("principal"),
                django.db.models.fields.json.KeyTransform("message", "trace"),
                condition=models.Q(("channel", "telegram")),
                name="delivery_in_chat",
            ),
        ),
    ]
