import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Restatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact_id", models.BigIntegerField(db_index=True)),
                ("former", models.CharField(max_length=32)),
                ("now", models.CharField(max_length=32)),
                ("signature", models.CharField(max_length=128)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
    ]
