"""Whether a person has said how cards that stand are known, or it follows the columns."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0002_bad_rows")]
    operations = [
        migrations.AddField(
            model_name="import",
            name="twins_chosen",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
