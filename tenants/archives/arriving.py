"""A company that comes in a file: as a new one beside the others, or back to a former moment of itself."""

from django.conf import settings

from core.access.loading import system_actor
from core.context import company_scope, control_scope, founding
from core.events.bus import emit
from core.failpoints import Failpoint
from core.gateways.models import Gateway
from core.gateways.rules import MAIL, SMS, TELEGRAM
from core.identity.models import User
from core.jobs.parcel import FACT
from core.registry import registry
from core.storage import CompanyStore
from tenants.events import CompanyBroughtBack
from tenants.memberships import remember
from tenants.models import Company, Domain, Membership, PoolSchema
from tenants.provisioning.pool import drop_schema, expected_fingerprint, make_ready, scripts_for
from tenants.queries import locked
from tenants.slugs import wrong_shape
from tenants.snapshots import announce_hosts, snapshot_of, touch

from .errors import ArchiveRefused, OtherPlace, SlugTaken, UnknownModules
from .lasting import tell
from .loading import load, put_files
from .reading import ArchiveFile
from .rules import COPY, EXPORT

NAMED = Failpoint("arrive.named")
FILLED = Failpoint("arrive.filled")
_OWN = ("name", "inn", "time_zone", "accent", "logo", "modules")


def admit(archive: ArchiveFile, slug: str = "", *, quiet: bool = False) -> Company:
    """Make a new company of an export; the registry's row. ArchiveRefused, and then nothing has been made.

    Nobody can open it before it is whole. Killed on the way, the same call goes on from there. A `quiet` one is to be
    looked at only: it keeps no promise of the other's, plans nothing and writes to nobody but who asks for a password.
    """
    told = archive.manifest
    if told.flavour != EXPORT:
        raise OtherPlace()
    archive.check()
    slug = slug or told.company["slug"]
    if wrong := wrong_shape(slug):
        raise ArchiveRefused(f"Поддомен {slug}: {wrong}")
    modules = _known(told.company["modules_installed"])
    company = _begun(slug) or _begin(archive, slug, modules)
    NAMED.reach()
    try:
        put_files(archive, company.schema_name)
        load(archive, company.schema_name, modules, known_kinds=_none if quiet else _is_known)
    except ArchiveRefused:
        _unmake(company)
        raise
    if quiet:
        _silence(company)
    FILLED.reach()
    return _open(archive, company.schema_name)


def bring_back(archive: ArchiveFile, schema: str) -> Company:
    """Make a company what it was when a copy of it was written; what it has been since is gone. ArchiveRefused.

    Doors that were shut since stay shut, names that were taken away go again, what was used stays used (`lasting`).
    Others go on undisturbed. Killed on the way it stays closed, and the same call goes on from there.
    """
    told, store = archive.manifest, CompanyStore(schema)
    if told.flavour != COPY or told.place != store.prefix:
        raise OtherPlace()
    archive.check()
    modules = close(schema)
    try:
        put_files(archive, schema)
        nameless = load(archive, schema, modules, known_kinds=_is_known)
    except ArchiveRefused:
        # Nothing has changed: they go on with what stood.
        let_in(schema)
        raise
    with control_scope():
        company = snapshot_of(locked(schema))
    tell(company, nameless)
    FILLED.reach()
    return _open(archive, schema)


def _known(codes: list[str]) -> list[str]:
    if unknown := [code for code in codes if code not in registry.modules]:
        raise UnknownModules(unknown)
    return [code for code in registry.module_order() if code in codes]


def note_return(schema: str, moment: str) -> None:
    """Say in the history of a company that it has been brought back, and to which moment."""
    with control_scope():
        company = snapshot_of(locked(schema))
    with company_scope(company):
        emit(CompanyBroughtBack(None, moment=moment), by=system_actor())


def _none(kind: str) -> bool:
    return False


def _silence(company: Company) -> None:
    """Turn off whatever writes to people; letters that open doors go all the same."""
    with control_scope():
        row = locked(company.schema_name)
        with founding(snapshot_of(row)):
            for code in (MAIL, SMS, TELEGRAM):
                Gateway.objects.update_or_create(code=code, defaults={"mode": Gateway.Mode.OFF, "options": {}})


def _is_known(kind: str) -> bool:
    return kind == FACT or kind.removeprefix("job:") in registry.jobs()


def _begun(slug: str) -> Company | None:
    """A company of this subdomain that an interrupted call has begun. SlugTaken when it is another's."""
    with control_scope():
        company = Company.objects.filter(slug=slug).first()
    if company and company.status != Company.Status.PROVISIONING:
        raise SlugTaken(slug)
    return company


def _begin(archive: ArchiveFile, slug: str, modules: list[str]) -> Company:
    with control_scope():
        scripts = scripts_for(modules)
    schema = make_ready(scripts, modules)
    with control_scope():
        if Domain.objects.filter(domain=f"{slug}.{settings.BASE_DOMAIN}").exists():
            raise SlugTaken(slug)
        PoolSchema.objects.filter(schema_name=schema).delete()
        company = Company(
            schema_name=schema,
            slug=slug,
            name=archive.manifest.company["name"],
            modules=[],
            modules_installed=modules,
            fingerprint=expected_fingerprint(modules),
            status=Company.Status.PROVISIONING,
        )
        company.save(force_insert=True)
        Domain.objects.create(tenant=company, domain=f"{slug}.{settings.BASE_DOMAIN}", is_primary=True)
    return company


def _unmake(company: Company) -> None:
    """Take back a company that nobody has opened yet; its objects are those of nobody and are collected."""
    with control_scope():
        Company.objects.filter(pk=company.pk).delete()
    drop_schema(company.schema_name)


def close(schema: str) -> list[str]:
    """Let nobody in while a company is brought back; modules whose tables it has."""
    with control_scope():
        company = locked(schema)
        company.status = Company.Status.MAINTENANCE
        touch(company, "status")
        return list(company.modules_installed)


def let_in(schema: str) -> None:
    """Open a company that was closed to be brought back."""
    with control_scope():
        company = locked(schema)
        company.status = Company.Status.ACTIVE
        touch(company, "status")


def _open(archive: ArchiveFile, schema: str) -> Company:
    """Write into the registry what the archive says of the company, who belongs to it, and let people in."""
    with control_scope():
        company = locked(schema)
        before = snapshot_of(company)
    with company_scope(before):
        emails = list(User.objects.filter(principal__is_active=True).values_list("email", flat=True))
    told = archive.manifest.company
    with control_scope():
        company = locked(schema)
        for name in _OWN:
            setattr(company, name, told[name])
        company.logo = f"{CompanyStore(schema).prefix}{told['logo']}" if told["logo"] else ""
        company.modules = [code for code in registry.module_order() if code in told["modules"]]
        company.status = Company.Status.ACTIVE
        touch(company, *_OWN, "status")
        Membership.objects.filter(company=company).delete()
        for email in emails:
            remember(company.pk, email)
        announce_hosts()
    return company
