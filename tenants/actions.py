"""Changes of a company's own row in the registry."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from core.access.actor import Actor
from core.attachments.actions import last_copy_gone
from core.attachments.models import Leftover
from core.context import founding
from core.entitlements.allowance import Allowance
from core.errors import Invalid, Stale
from core.events.bus import Change, emit
from core.outbox.queries import promise
from core.texts import clean_line
from core.verb import verb

from .events import CompanyChanged
from .models import Company
from .permissions import MANAGE_COMPANY
from .queries import locked
from .rules import wrong_accent, wrong_inn, wrong_name, wrong_time_zone
from .snapshots import snapshot_of, touch

_CHECKS = {"name": wrong_name, "inn": wrong_inn, "accent": wrong_accent, "time_zone": wrong_time_zone}
_LONGEST_NAME = 200
SWEEP_LOGO = "job:tenants.logo"
# Long after any upload of a logo has ended, whichever way.
_UPLOAD_ENDS = timedelta(hours=1)


@verb
def change_company(schema: str, *, wanted: Mapping[str, str], seen: int | None, by: Actor) -> Company:
    """Set name, accent, time zone or INN; values that stand already change nothing. In a control scope.

    `seen` is the version the person looked at, None when it does not matter. Errors: Invalid by field, Stale.
    """
    by.must(MANAGE_COMPANY)
    company = locked(schema)
    clean = _clean(wanted)
    changes = tuple(
        Change(field, getattr(company, field), value)
        for field, value in clean.items()
        if getattr(company, field) != value
    )
    # A repeated request finds its values in place and is answered as the first one was.
    if not changes:
        return company
    if seen is not None and seen != company.version:
        raise Stale(current={"version": company.version, **{field: getattr(company, field) for field in _CHECKS}})
    for change in changes:
        setattr(company, change.field, change.new)
    touch(company, *(change.field for change in changes))
    with founding(snapshot_of(company)):
        emit(CompanyChanged(None, changes=changes), by=by)
    return company


@verb
def expect_logo(key: str, *, by: Actor) -> None:
    """A picture is about to be stored under the key: should it never become the logo, it goes. In the company."""
    by.must(MANAGE_COMPANY)
    leftover = Leftover.objects.create(storage_key=key)
    promise(SWEEP_LOGO, leftover.pk, not_before=timezone.now() + _UPLOAD_ENDS)


@verb
def change_logo(schema: str, *, key: str, by: Actor) -> Company:
    """Make the picture under the key the logo, an empty key leaves none; the former one goes. In a control scope."""
    by.must(MANAGE_COMPANY)
    company = locked(schema)
    former = snapshot_of(company)
    if former.logo == key:
        return company
    company.logo = key
    touch(company, "logo")
    fresh = snapshot_of(company)
    with founding(fresh):
        change = Change("logo", former.logo_version or None, fresh.logo_version or None)
        emit(CompanyChanged(None, changes=(change,)), by=by)
        if former.logo:
            leftover = Leftover.objects.create(storage_key=former.logo)
            promise(SWEEP_LOGO, leftover.pk, not_before=last_copy_gone())
    return company


@verb
def allow(company: Company, allowance: Allowance) -> bool:
    """Let a company do what it has paid for, everywhere from the commit on; whether that is anything new.

    In a control scope, with the row from `tenants.queries.locked`; billing alone says it.
    """
    told = allowance.told()
    if company.allowance == told:
        return False
    company.allowance = told
    touch(company, "allowance")
    return True


def _clean(wanted: Mapping[str, str]) -> dict[str, str]:
    clean = {field: clean_line(wanted[field]) for field in _CHECKS if field in wanted}
    if "name" in clean:
        clean["name"] = clean["name"][:_LONGEST_NAME]
    if "accent" in clean:
        clean["accent"] = clean["accent"].lower()
    errors = {field: wrong for field, value in clean.items() if (wrong := _CHECKS[field](value))}
    if errors:
        raise Invalid(errors)
    return clean
