import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("saved_views", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="savedview",
            name="is_group",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="savedview",
            name="builds_on",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="listchoice",
            name="counted",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, size=None
            ),
        ),
    ]
