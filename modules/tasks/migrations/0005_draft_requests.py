import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import F, Q

_OUTCOMES = [
    ("", "Ждёт утверждения"),
    ("approved", "Утверждён"),
    ("returned", "Возвращён"),
    ("dropped", "Снят"),
]


def _points_to(model: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(db_index=False, to=model, **more)  # type: ignore[arg-type]


def _person() -> models.ForeignKey:
    return _points_to("identity.principal", on_delete=django.db.models.deletion.PROTECT, related_name="+")


class Migration(migrations.Migration):
    """Drafts may be sent to somebody who approves them."""

    dependencies = [
        ("entities", "0006_approvers"),
        ("identity", "0002_ages"),
        ("tasks", "0004_rules_are_options"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bundle", models.UUIDField()),
                ("seen", models.BigIntegerField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("outcome", models.CharField(blank=True, choices=_OUTCOMES, default="", max_length=10)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("decided_at", models.DateTimeField(null=True)),
                ("approver", _person()),
                ("asker", _person()),
                (
                    "task",
                    _points_to(
                        "tasks.task", on_delete=django.db.models.deletion.CASCADE, related_name="draft_requests"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["task", "id"], name="draft_request_of_task"),
                    models.Index(condition=Q(outcome=""), fields=["approver", "id"], name="draft_request_to_decide"),
                ],
                "constraints": [
                    models.UniqueConstraint(condition=Q(outcome=""), fields=("task",), name="draft_request_once"),
                    models.CheckConstraint(condition=~Q(asker=F("approver")), name="draft_request_of_another"),
                    models.CheckConstraint(
                        condition=Q(outcome="", decided_at__isnull=True)
                        | Q(decided_at__isnull=False, outcome__in=["approved", "returned", "dropped"]),
                        name="draft_request_decided_once",
                    ),
                    models.CheckConstraint(
                        condition=~Q(outcome="returned", reason=""), name="draft_request_returned_why"
                    ),
                ],
            },
        ),
    ]
