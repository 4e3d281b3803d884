from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0004_deaths"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="outbox",
            index=models.Index(fields=["company", "not_before"], name="outbox_of_company"),
        ),
    ]
