import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0004_consent"),
    ]

    operations = [
        migrations.CreateModel(
            name="CompanyCopy",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField()),
                ("rows", models.BigIntegerField()),
                ("size", models.BigIntegerField()),
                ("export_size", models.BigIntegerField()),
                ("copy_key", models.CharField(max_length=200)),
                ("export_key", models.CharField(max_length=200)),
                ("last_fact", models.BigIntegerField()),
                ("version", models.BigIntegerField()),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="copies", to="tenants.company"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["company", "-made_at"], name="copy_of_company")],
            },
        ),
    ]
