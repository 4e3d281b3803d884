from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0007_address_of_consent"),
    ]

    operations = [
        migrations.AddField(
            model_name="company",
            name="licence",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
