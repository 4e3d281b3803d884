from django.db import migrations, models

_PARTS = ["author", "responsible", "co_worker", "watcher", "checker", "reader", "mentioned", "approver"]


class Migration(migrations.Migration):
    """Somebody may be asked to approve a draft."""

    dependencies = [
        ("entities", "0005_own_status"),
        ("identity", "0002_ages"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="participant", name="participant_part_known"),
        migrations.AlterField(
            model_name="participant",
            name="part",
            field=models.CharField(
                choices=[
                    ("author", "Автор"),
                    ("responsible", "Ответственный"),
                    ("co_worker", "Соисполнитель"),
                    ("watcher", "Наблюдатель"),
                    ("checker", "Исполнитель пункта"),
                    ("reader", "Ознакомляется"),
                    ("mentioned", "Упомянут"),
                    ("approver", "Утверждает"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(condition=models.Q(part__in=_PARTS), name="participant_part_known"),
        ),
    ]
