from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0003_reading_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="wanted_email",
            field=models.CharField(blank=True, db_default="", default="", max_length=254),
        ),
        migrations.AddField(
            model_name="user",
            name="wanted_at",
            field=models.DateTimeField(null=True),
        ),
    ]
