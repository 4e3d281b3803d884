"""What waits for one person is found by him: a flood of it goes together."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("entities", "0004_by_status"),
        ("identity", "0003_reading_keys"),
        ("notifications", "0003_ladder"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="delivery",
            name="delivery_waiting",
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("status", "waiting")), fields=["principal", "id"], name="delivery_waiting"
            ),
        ),
    ]
