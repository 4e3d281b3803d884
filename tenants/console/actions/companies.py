"""What operators do to a company. In a control scope with the company's row locked; each is a fact in the company."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import Invalid, NotFound
from core.events.bus import Change, Event, emit
from core.texts import clean_line
from core.verb import verb
from tenants.console.errors import NotSuspendable, NotSuspended
from tenants.console.events import CompanyRenamed, CompanyRestored, CompanySuspended
from tenants.console.models import FormerName
from tenants.console.operators import OperatorActor
from tenants.console.permissions import ACT
from tenants.console.presence import actor_in_company
from tenants.models import Company, Domain, ReleasedSlug
from tenants.queries import locked
from tenants.signup import free_slug
from tenants.snapshots import announce_hosts, inside, touch

from .audit import note_deed

# So long a former address leads to the new one, and so long nobody gets it after that.
LEADS_FOR = timedelta(days=30)
RESTS_FOR = timedelta(days=180)


def locked_by_id(company_id: int) -> Company:
    """The row of a company that an operator has to do with, kept from other writers; NotFound otherwise."""
    schema = Company.objects.filter(pk=company_id).values_list("schema_name", flat=True).first()
    company = locked(schema or "")
    if company.status in (Company.Status.PROVISIONING, Company.Status.GONE):
        raise NotFound()
    return company


def read_reason(text: str) -> str:
    """Why it is done, in words that the journal keeps; Invalid when nothing is said."""
    reason = clean_line(text)[:500]
    if not reason:
        raise Invalid({"reason": "Напишите, почему: это останется в журнале"})
    return reason


@verb
def suspend(company_id: int, *, reason: str, by: OperatorActor) -> Company:
    """Shut a company for everybody who works there; nothing is lost. Errors: NotFound, Invalid, NotSuspendable."""
    by.must(ACT)
    why, company = read_reason(reason), locked_by_id(company_id)
    if company.status == Company.Status.SUSPENDED:
        return company
    if company.status != Company.Status.ACTIVE:
        raise NotSuspendable()
    return _turn(company, Company.Status.SUSPENDED, CompanySuspended(None, reason=why), why, by)


@verb
def restore(company_id: int, *, reason: str, by: OperatorActor) -> Company:
    """Open a suspended company again. Errors: NotFound, Invalid, NotSuspended."""
    by.must(ACT)
    why, company = read_reason(reason), locked_by_id(company_id)
    if company.status == Company.Status.ACTIVE:
        return company
    if company.status != Company.Status.SUSPENDED:
        raise NotSuspended()
    return _turn(company, Company.Status.ACTIVE, CompanyRestored(None, reason=why), why, by)


@verb
def rename(company_id: int, *, slug: str, reason: str, by: OperatorActor) -> Company:
    """Give a company another subdomain; the former one leads to it for a month and rests after that.

    A company may come back to an address that still leads to it. Errors: NotFound, Invalid on `slug`.
    """
    by.must(ACT)
    why, company = read_reason(reason), locked_by_id(company_id)
    slug, former = slug.strip().lower(), company.slug
    if slug == former:
        return company
    own = FormerName.objects.filter(slug=slug, company=company)
    wrong = None if own.exists() else free_slug(slug, besides=company.pk)
    if wrong:
        raise Invalid({"slug": wrong})
    try:
        with transaction.atomic():
            own.delete()
            _move(company, slug)
    except IntegrityError as clash:
        raise Invalid({"slug": "Этот адрес только что заняли. Выберите другой"}) from clash
    FormerName.objects.create(slug=former, company=company, until=timezone.now() + LEADS_FOR)
    announce_hosts()
    with inside(company):
        change = Change("slug", former, slug)
        emit(CompanyRenamed(None, changes=(change,), reason=why), by=actor_in_company(by.operator))
    note_deed("company.renamed", by=by, company=company, before={"slug": former}, after={"slug": slug}, reason=why)
    return company


@verb
def release_name(name: FormerName) -> None:
    """A former address leads nowhere from now on and rests, so that nobody else is taken for the company."""
    company = locked(name.company.schema_name)
    if not FormerName.objects.filter(pk=name.pk, until__lte=timezone.now()).exists():
        return
    Domain.objects.filter(tenant=company, domain=_host(name.slug), is_primary=False).delete()
    rests = {"until": timezone.now() + RESTS_FOR}
    ReleasedSlug.objects.update_or_create(slug=name.slug, defaults=rests)
    FormerName.objects.filter(pk=name.pk).delete()
    touch(company)


def _turn(company: Company, status: Company.Status, fact: Event, why: str, by: OperatorActor) -> Company:
    before, company.status = company.status, status
    touch(company, "status")
    with inside(company):
        emit(fact, by=actor_in_company(by.operator))
    kind = "company.suspended" if status == Company.Status.SUSPENDED else "company.restored"
    note_deed(kind, by=by, company=company, before={"status": before}, after={"status": status.value}, reason=why)
    return company


def _move(company: Company, slug: str) -> None:
    Domain.objects.filter(tenant=company, domain=_host(slug)).delete()
    Domain.objects.filter(tenant=company).update(is_primary=False)
    Domain.objects.create(tenant=company, domain=_host(slug), is_primary=True)
    company.slug = slug
    touch(company, "slug")


def _host(slug: str) -> str:
    return f"{slug}.{settings.BASE_DOMAIN}"
