"""A company appears whole or not at all: registry rows and its first rows in one transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from core.access.actor import Actor
from core.access.seed import grant_defaults
from core.context import founding
from core.events.bus import emit
from core.failpoints import Failpoint
from core.identity.events import ConsentGiven
from core.identity.models import Principal
from core.identity.names import read_full_name
from core.organization.actions import hire
from core.registry import registry
from tenants.memberships import remember
from tenants.models import Company, Domain, PoolSchema
from tenants.snapshots import announce_hosts, snapshot_of

REGISTERED = Failpoint("found.registered")
SEEDED = Failpoint("found.seeded")


@dataclass(frozen=True)
class Agreement:
    """The day of the texts that were agreed to, when, and from which address."""

    terms: date
    at: datetime
    address: str = ""


@dataclass(frozen=True)
class Founder:
    """Who founds: a proved e-mail, the name as typed, the password's hash; what he has agreed to at the form."""

    email: str
    full_name: str
    password_hash: str
    agreed: Agreement | None = None


def found(*, slug: str, name: str, inn: str, schema: PoolSchema, founder: Founder) -> Company:
    """Turn a claimed schema into a company with its owner; in an open control scope."""
    company = Company(
        schema_name=schema.schema_name,
        slug=slug,
        name=name,
        inn=inn,
        modules=schema.modules,
        modules_installed=schema.modules,
        fingerprint=schema.fingerprint,
    )
    company.save(force_insert=True)
    Domain.objects.create(tenant=company, domain=f"{slug}.{settings.BASE_DOMAIN}", is_primary=True)
    announce_hosts()
    remember(company.pk, founder.email)
    REGISTERED.reach()
    with founding(snapshot_of(company)):
        seed(company.modules)
        owner = hire(
            name=read_full_name(founder.full_name),
            email=founder.email,
            password_hash=founder.password_hash,
            email_verified=True,
            role_code="owner",
        )
        if agreed := founder.agreed:
            himself = Actor(owner.principal_id, owner.principal.kind, owner.principal.name)
            terms, at = agreed.terms.isoformat(), agreed.at.isoformat()
            consent = ConsentGiven(owner.ref, terms=terms, given_at=at, ip=agreed.address)
            emit(consent, by=himself)
        SEEDED.reach()
    return company


def seed(modules: list[str]) -> None:
    """The first rows of core and of these modules, inside the company's scope."""
    Principal.objects.get_or_create(kind=Principal.Kind.SYSTEM, defaults={"name": "Пульт"})
    for trait in registry.traits.values():
        if trait.seed:
            trait.seed()
    seed_modules(modules)


def seed_modules(modules: list[str]) -> None:
    """Default grants and first rows of modules; may run again when a module is switched on again."""
    for code in registry.module_order():
        if code in modules:
            module = registry.modules[code]
            grant_defaults(module.default_roles)
            if module.seed:
                module.seed()
