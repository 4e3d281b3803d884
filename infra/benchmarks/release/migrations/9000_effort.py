"""One more column, with a default in the database, so that the version before goes on writing rows."""

from typing import ClassVar

from django.db import migrations, models

from infra.env import ROOT

LAST = max(path.stem for path in (ROOT / "modules" / "tasks" / "migrations").glob("0*.py"))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tasks", LAST)]
    operations: ClassVar = [migrations.AddField("task", "effort", models.IntegerField(default=0, db_default=0))]
