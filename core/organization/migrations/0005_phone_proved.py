from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organization", "0004_the_rest"),
    ]

    operations = [
        migrations.AddField(
            model_name="employee",
            name="phone_proved",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
    ]
