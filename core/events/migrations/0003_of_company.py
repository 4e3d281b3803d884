from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_ages"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(("entity__isnull", True)), fields=["kind", "-id"], name="fact_of_company"
            ),
        ),
    ]
