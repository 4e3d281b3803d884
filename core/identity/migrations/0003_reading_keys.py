from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0002_ages"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="reads_only",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
