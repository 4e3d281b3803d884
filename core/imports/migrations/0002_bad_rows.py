"""All rows of a file that cannot be read are known by their numbers, and can be written to a file of their own."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="import",
            name="bad_rows",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), null=True, size=None),
        ),
        migrations.AddField(
            model_name="import",
            name="bad_file",
            field=models.CharField(
                choices=[("none", "Нет"), ("writing", "Готовится"), ("ready", "Готов")],
                db_default="none",
                default="none",
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="bad_key",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
