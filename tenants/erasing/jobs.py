"""Erasing itself: one step after another, each of which may be repeated; killed anywhere, it goes on from there."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.access.models import RoleAssignment
from core.context import control_scope
from core.failpoints import Failpoint
from core.identity.models import User
from core.mail import send
from core.organization.models import Employee
from core.outbox.queries import promise
from core.registry import registry
from core.storage import CompanyStore, client
from tenants.models import Company, Erasure, ReleasedSlug, SignUp
from tenants.provisioning.pool import drop_schema
from tenants.queries import locked
from tenants.snapshots import inside, touch

from . import letters
from .actions import ask_for_unpaid, keep_company, remind_of
from .keys import forget_keys
from .queries import count_rows, forget_promises, rewrite_registry, standing
from .rules import QUARANTINE, certificate

log = logging.getLogger(__name__)
STEPPED = Failpoint("erase.stepped")
DROPPED = Failpoint("erase.dropped")
_BATCH = 50
SWEEP = "job:tenants.erase_rest"
# Addresses for uploads live five minutes, jobs an hour.
_LATECOMERS = timedelta(hours=2)
_UNPAID = "deleting"
_OWNER = "owner"


def erase(company: None, erasure_id: int) -> None:
    """Erase a company whose day has come, and write the certificate to its owners."""
    row = _begun(erasure_id)
    if row is None:
        return
    codes = [code for code, _ in _STEPS]
    for code, step in _STEPS[codes.index(row.step) + 1 if row.step else 0 :]:
        step(row)
        row.step = code
        with control_scope():
            row.save(update_fields=["step", "told", "owners"])
        log.info("erasure %s: %s", row.pk, code)
        STEPPED.reach()
    with control_scope():
        Erasure.objects.filter(pk=row.pk).update(done_at=row.told["at"])
        promise(SWEEP, row.pk, not_before=timezone.now() + _LATECOMERS)


def sweep(company: None, erasure_id: int) -> None:
    """Take away what came after its place had been emptied: an upload that was under way, a job that was."""
    with control_scope():
        row = Erasure.objects.select_related("company").filter(pk=erasure_id, done_at__isnull=False).first()
    if row is not None:
        _store(row.company.schema_name).erase_all()
        forget_keys(row.company.schema_name)


def remind(company: None, erasure_id: int) -> None:
    """Write to the owners some days before."""
    with control_scope():
        remind_of(erasure_id)


def look_for_unpaid(company: None, subject_id: int) -> None:
    """Begin the days of companies whose subscription waits for their erasure, and end those of companies that paid.

    What a subscription says stands in the company's row: billing writes it there.
    """
    with control_scope():
        lapsed = Company.objects.filter(status=Company.Status.ACTIVE, allowance__stage=_UNPAID)
        waiting = Erasure.objects.filter(cancelled_at__isnull=True, done_at__isnull=True)
        fresh = list(lapsed.exclude(pk__in=waiting.values("company")).values_list("schema_name", flat=True)[:_BATCH])
        unpaid = waiting.filter(why=Erasure.Why.UNPAID, step="").values_list(
            "company__schema_name", "company__allowance"
        )
        paid = [schema for schema, told in unpaid if (told or {}).get("stage") != _UNPAID]
    for schema in fresh:
        with control_scope():
            ask_for_unpaid(schema)
    for schema in paid:
        with control_scope():
            keep_company(schema, by=None)


def _begun(erasure_id: int) -> Erasure | None:
    """The erasure, if its day has come and nobody has taken it back; from here on nobody can."""
    with control_scope():
        row = standing(erasure_id)
        if row is None or row.due_at > timezone.now():
            return None
        if row.step:
            return row
        company = locked(row.company.schema_name)
        with inside(company):
            owners = RoleAssignment.objects.filter(role__code=_OWNER, principal__is_active=True)
            users = User.objects.filter(principal__in=owners.values("principal"))
            row.owners = sorted(users.values_list("email", flat=True))
            row.told = {"people": Employee.objects.count(), "name": company.name, "slug": company.slug}
        company.status = Company.Status.DELETING
        touch(company, "status")
        row.step = _CLOSED
        row.save(update_fields=["step", "told", "owners"])
        row.company = company
    STEPPED.reach()
    return row


def _let_go(row: Erasure) -> None:
    """Whoever does anything elsewhere in the company's name, as taking money, ends it first."""
    for trait in registry.traits.values():
        if trait.let_go is not None:
            trait.let_go(row.company.schema_name)


def _count(row: Erasure) -> None:
    """What there is, for the certificate; nobody adds to it any more."""
    schema = row.company.schema_name
    tables, rows = count_rows(schema, row.company.modules_installed)
    files = [(1, kept.size) for page in _store(schema).pages() for kept in page]
    told = {"tables": tables, "rows": rows, "files": len(files), "bytes": sum(size for _, size in files)}
    row.told = row.told | told


def _drop(row: Erasure) -> None:
    schema = row.company.schema_name
    with control_scope():
        forget_promises(schema)
    drop_schema(schema)
    DROPPED.reach()


def _empty_store(row: Erasure) -> None:
    went = _store(row.company.schema_name).erase_all()
    row.told = row.told | {"files": max(row.told["files"], went)}


def _empty_registry(row: Erasure) -> None:
    """The row stays without anything of the company: papers by law point to it."""
    with control_scope():
        company = locked(row.company.schema_name)
        if company.status != Company.Status.GONE:
            until = timezone.now() + QUARANTINE
            ReleasedSlug.objects.update_or_create(slug=company.slug, defaults={"until": until})
        # What hangs on the company goes with it; what has to be kept is protected from that where it is declared.
        for relation in Company._meta.related_objects:
            if relation.on_delete is models.CASCADE:
                rows: Any = relation.related_model._base_manager
                rows.filter(**{relation.field.name: company}).delete()
        SignUp.objects.filter(company=company).delete()
        forget_promises(company.schema_name)
        blank: dict[str, Any] = {
            "slug": f"gone-{company.pk}", "name": "Удалённая компания", "inn": "", "accent": "", "logo": "",
            "modules": [], "modules_installed": [], "migration_error": "", "allowance": None,
            "licence": "", "status": Company.Status.GONE,
        }  # fmt: skip
        for name, value in blank.items():
            setattr(company, name, value)
        touch(company, *blank)
        row.company = company


def _empty_redis(row: Erasure) -> None:
    forget_keys(row.company.schema_name)


def _rewrite(row: Erasure) -> None:
    rewrite_registry()


def _certify(row: Erasure) -> None:
    now = timezone.now()
    about = {
        "number": row.pk,
        "name": row.told["name"],
        "address": f"{row.told['slug']}.{settings.BASE_DOMAIN}",
        "why": row.why,
        "asked_by": row.asked_by,
        "asked_at": row.asked_at,
    }
    row.told = certificate(about, row.told, done_at=now) | {"at": now.isoformat()}


def _tell(row: Erasure) -> None:
    """Each owner once; one whose letter went is forgotten, so that a repetition writes to the others alone."""
    while row.owners:
        send(letters.proof(row.told, number=row.pk, to=row.owners[0], made_at=row.asked_at))
        row.owners = row.owners[1:]
        with control_scope():
            row.save(update_fields=["owners"])


def _store(schema: str) -> CompanyStore:
    # Its troubles are told in the company's own tables, which are about to go.
    return CompanyStore(schema, by=client())


_CLOSED = "closed"
_STEPS: tuple[tuple[str, Callable[[Erasure], None]], ...] = (
    (_CLOSED, lambda row: None),
    ("let_go", _let_go),
    ("counted", _count),
    ("dropped", _drop),
    ("files", _empty_store),
    ("registry", _empty_registry),
    ("redis", _empty_redis),
    ("rewritten", _rewrite),
    ("certified", _certify),
    ("told", _tell),
)
