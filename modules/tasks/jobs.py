"""Work of tasks that nobody waits for."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from core.access.loading import actor_of_principal, system_actor
from core.context import Company, company_scope
from core.errors import Refused
from core.identity.models import Principal
from core.jobs.registry import Job
from core.outbox.queries import wake
from core.rest.bulk import sentence_of

from .actions.drafts import miss_release, release_by_date
from .actions.giving import give_further
from .models import DraftRequest, Task
from .rules import GIVE, RELEASE

BATCH = 200


def release(company: Company, _: int = 0) -> None:
    """Give the drafts whose moment has come, each in the name of its author and in a transaction of its own."""
    with company_scope(company):
        due = list(_waiting().filter(release_at__lte=timezone.now()).values_list("pk", flat=True)[:BATCH])
    for pk in due:
        with company_scope(company):
            _release(pk)
    with company_scope(company):
        if moment := _waiting().values_list("release_at", flat=True).first():
            wake(RELEASE, moment)


def _waiting() -> QuerySet[Task]:
    # What somebody is asked about waits for his word, and goes with it.
    asked = DraftRequest.objects.filter(task=OuterRef("pk"), outcome=DraftRequest.Outcome.WAITING)
    dated = Task.objects.filter(is_draft=True, release_at__isnull=False, trashed_at__isnull=True)
    return dated.filter(~Exists(asked)).order_by("release_at")


def _release(pk: int) -> None:
    draft = _waiting().filter(pk=pk).first()
    if draft is None:
        return
    author = Principal.objects.select_related("employee").get(pk=draft.author_id)
    actor = actor_of_principal(author, door="job")
    try:
        with transaction.atomic():
            release_by_date(draft, by=actor)
    except Refused as refusal:
        # It stays a draft, and the moment is not tried over and over.
        miss_release(draft, sentence_of(refusal), by=system_actor())


def give(company: Company, fact_id: int) -> None:
    """Give what somebody has promised to many, a few in each transaction; killed anywhere, it goes on behind them."""
    more = True
    while more:
        with company_scope(company):
            more = give_further(fact_id)


releasing = Job(RELEASE, release, time_limit=60)
giving = Job(GIVE, give, time_limit=120)
