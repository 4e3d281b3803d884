"""The last seat and the last byte, asked for at the same moment, with real commits."""

import pytest

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.attachments.actions import Wish, begin_upload
from core.attachments.models import Attachment
from core.context import Company, company_scope, control_scope
from core.entities.models import Entity
from core.entitlements.allowance import Allowance
from core.entitlements.errors import SeatsOver, StorageOver
from core.identity.actions.invitations import invite_by_mail
from core.identity.models import Invitation, User
from tenants.actions import allow
from tenants.queries import locked
from tenants.snapshots import find
from tests.support.races import at_once

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]
CALLERS = 20


def allowed(**told: object) -> Company:
    company = find(host="alfa.localhost")
    assert company
    with control_scope():
        allow(locked(company.schema), Allowance(**told))
    found = find(host="alfa.localhost")
    assert found
    return found


def boss() -> Actor:
    user = User.objects.select_related("principal__employee").get(email="owner@alfa.example")
    return actor_of_principal(user.principal, door="screen", user_id=user.pk)


@pytest.mark.row("MN-02")
def test_twenty_invitations_at_the_last_seat_give_one(committed):
    company = allowed(seats=2)

    def invite(number: int) -> None:
        invite_by_mail(emails=[f"p{number}@race.example"], role_code="employee", department_id=None, by=boss())

    refused = at_once(company, *(lambda number=number: invite(number) for number in range(CALLERS)))
    assert sum(outcome is None for outcome in refused) == 1
    assert {type(outcome) for outcome in refused if outcome} == {SeatsOver}
    with company_scope(company):
        assert Invitation.objects.count() == 1


def test_uploads_at_once_never_fill_more_than_is_paid_for(committed):
    company = allowed(storage_bytes=1000)

    def upload() -> None:
        card = Entity.objects.order_by("pk").first()
        begin_upload(card, Wish("план.pdf", 600, "application/pdf"), by=boss())

    refused = at_once(company, *([upload] * 8))
    assert sum(outcome is None for outcome in refused) == 1
    assert {type(outcome) for outcome in refused if outcome} == {StorageOver}
    with company_scope(company):
        assert Attachment.objects.count() == 1
