from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0006_erasure"),
    ]

    operations = [
        migrations.AddField(
            model_name="signup",
            name="address",
            field=models.CharField(blank=True, db_default="", max_length=45),
        ),
    ]
