"""Putting a licence of an own server, in its settings."""

from django.conf import settings
from django.utils import timezone

from core.access.actor import Actor
from core.events.bus import emit
from core.identity.queries import lock_seats, seats_taken
from core.verb import verb
from tenants.models import Company
from tenants.permissions import MANAGE_COMPANY
from tenants.queries import locked
from tenants.snapshots import inside, touch

from .errors import LicenceEnded, LicenceNotYet, LicenceTooSmall, LicenceUnfit, NoLicenceKey, NoOwnServer
from .events import LicencePut
from .rules import LicenceWrong
from .source import checked


@verb
def put_licence(schema: str, content: str, *, by: Actor) -> Company:
    """Let a licence hold from now on, on every machine of this server. In a control scope.

    What stands already changes nothing. Errors: NoOwnServer, NoLicenceKey, LicenceUnfit, LicenceEnded, LicenceNotYet,
    LicenceTooSmall.
    """
    by.must(MANAGE_COMPANY)
    if not settings.ONE_COMPANY:
        raise NoOwnServer()
    if not settings.LICENCE_PUBLIC_KEY:
        raise NoLicenceKey()
    company, text, today = locked(schema), content.strip(), timezone.localdate()
    try:
        licence = checked(text)
    except LicenceWrong as wrong:
        raise LicenceUnfit(str(wrong)) from wrong
    if licence.until < today:
        raise LicenceEnded(licence.until)
    if licence.begins > today:
        raise LicenceNotYet(licence.begins)
    with inside(company):
        # Whoever is being hired waits: the seats that are counted are those that the licence meets.
        lock_seats()
        taken = seats_taken()
    if licence.seats is not None and taken > licence.seats:
        raise LicenceTooSmall(seats=licence.seats, taken=taken)
    if company.licence == text:
        return company
    company.licence = text
    touch(company, "licence")
    told = LicencePut(None, licence.number, licence.holder, licence.seats, licence.until.isoformat())
    with inside(company):
        emit(told, by=by)
    return company
