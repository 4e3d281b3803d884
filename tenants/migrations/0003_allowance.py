from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0002_ages"),
    ]

    operations = [
        migrations.AddField(
            model_name="company",
            name="allowance",
            field=models.JSONField(null=True),
        ),
    ]
