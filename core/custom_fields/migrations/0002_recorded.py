from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("custom_fields", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="field",
            name="is_recorded",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
