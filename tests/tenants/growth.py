"""A migration that the code does not have: one more column of comments and one more table, put before the library."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

APP, NAME = "comments", "9000_growth"
ADD_COLUMN = migrations.AddField("comment", "mood", models.CharField(max_length=10, default="calm", db_default="calm"))
ADD_TABLE = migrations.CreateModel(
    "Reaction",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("comment", models.ForeignKey("comments.comment", models.CASCADE, related_name="+")),
        ("sign", models.CharField(max_length=8)),
    ],
    options={"constraints": [models.UniqueConstraint(fields=["comment", "sign"], name="reaction_once")]},
)


@contextmanager
def grown(monkeypatch: Any, *operations: Any, app: str = APP, name: str = NAME) -> Iterator[None]:
    """Within it every loader finds one more migration of an app, after its last."""
    load = MigrationLoader.load_disk

    def load_more(self: MigrationLoader) -> None:
        load(self)
        last = max(known for label, known in self.disk_migrations if label == app)
        body = {"dependencies": [(app, last)], "operations": list(operations)}
        self.disk_migrations[app, name] = type("Migration", (migrations.Migration,), body)(name, app)

    with monkeypatch.context() as patched:
        patched.setattr(MigrationLoader, "load_disk", load_more)
        yield
