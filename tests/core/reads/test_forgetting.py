"""The log is kept for a year; what is older goes in batches, by the tables' owner alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.context import company_scope, control_scope
from core.identity.models import Principal
from core.outbox.models import Wakeup
from core.reads import jobs
from core.reads.models import Read
from core.reads.queries import KEPT
from tenants.jobs import tidy

pytestmark = [pytest.mark.committed, pytest.mark.row("SE-09")]
MINUTE = timedelta(minutes=1)


def test_what_is_older_than_a_year_goes_and_the_rest_stays(alfa, monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    now = timezone.now()
    with company_scope(alfa):
        reader = Principal.objects.order_by("pk").first()
        ages = [KEPT + MINUTE * number for number in range(1, 6)] + [KEPT - MINUTE, timedelta(0)]
        Read.objects.bulk_create(Read(kind="fields.shown", reader=reader, door="screen", at=now - age) for age in ages)
    jobs.forget_reads(alfa)
    with company_scope(alfa):
        left = list(Read.objects.order_by("at").values_list("at", flat=True))
        assert left == [now - KEPT + MINUTE, now]
    with control_scope():
        due = Wakeup.objects.get(company=alfa.schema, kind=jobs.FORGET).due_at
        assert timedelta(hours=23) < due - timezone.now() <= timedelta(days=1)


def test_every_company_is_woken_for_it(alfa):
    tidy(None, 0)
    with control_scope():
        assert alfa.schema in set(Wakeup.objects.filter(kind=jobs.FORGET).values_list("company", flat=True))
