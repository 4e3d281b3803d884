"""How many workers have died with a promise in hand."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0003_workers"),
    ]

    operations = [
        migrations.AddField(
            model_name="outbox",
            name="deaths",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
    ]
