"""What must still be done for companies, and who is at it (docs/decisions/0003-outbox.md): in the public schema."""

import uuid

from django.db import models
from django.utils import timezone


class Outbox(models.Model):
    """One promise: company, kind and an id inside that company. No business data.

    `kind` is `fact` (deliver the fact to its readers) or `job:<code>`; `company` is the schema and role name, empty
    for the control plane's own jobs. `worker` is who has it in hand; `deaths` is how many have died of that, as it
    seems. A row disappears when its work is done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    company = models.CharField(max_length=63, blank=True)
    kind = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    not_before = models.DateTimeField(default=timezone.now)
    attempts = models.IntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    worker = models.UUIDField(null=True)
    # By the database: what is still running while the column is added knows nothing of it.
    deaths = models.SmallIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "outbox"
        indexes = [
            models.Index(name="outbox_due", fields=["not_before"]),
            # Companies take turns, and a company that goes takes its promises along.
            models.Index(name="outbox_of_company", fields=["company", "not_before"]),
            models.Index(name="outbox_in_hand", fields=["worker"], condition=models.Q(worker__isnull=False)),
        ]


class Worker(models.Model):
    """One worker process and when it was last seen alive; a killed one stays for an hour."""

    id = models.UUIDField(primary_key=True)
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "workers"


class Wakeup(models.Model):
    """The next moment at which a company needs a kind of work; moved by whoever changes the plan."""

    pk = models.CompositePrimaryKey("company", "kind")
    company = models.CharField(max_length=63)
    kind = models.CharField(max_length=80)
    due_at = models.DateTimeField()

    class Meta:
        db_table = "wakeups"
        indexes = [models.Index(name="wakeup_due", fields=["due_at"])]
