"""Blocking: everything stops at once, and the company never loses its last owner."""

import pytest

from core.context import company_scope, control_scope
from core.entities.models import Ref
from core.events.bus import Told
from core.events.models import Fact
from core.identity.models import Principal, Session, User
from tenants import trait
from tenants.memberships import companies_of, remember
from tenants.trait import _learn_membership


def _kinds(company):
    with company_scope(company):
        return list(Fact.objects.order_by("pk").values_list("kind", flat=True))


def test_blocked_person_is_out_at_once(company, person, owner):
    anna = person(company)
    assert anna.client.get("employees/").status_code == 200
    assert anna.browser.get("employees/").status_code == 200
    answer = owner.client.post(f"employees/{anna.id}/block/")
    assert answer.status_code == 200 and answer.json()["is_active"] is False
    assert anna.client.get("employees/").status_code == 401
    assert anna.browser.get("employees/").status_code == 401
    with company_scope(company):
        principal = Principal.objects.get(pk=anna.principal.pk)
        assert principal.is_active is False
        assert principal.access_epoch > anna.principal.access_epoch
        assert not Session.objects.filter(user=anna.user, revoked_at__isnull=True).exists()
    assert {"organization.employee_blocked", "identity.access_changed"} <= set(_kinds(company))


def test_blocked_without_sessions_still_moves_the_epoch(company, person, owner):
    anna = person(company)
    with company_scope(company):
        Session.objects.filter(user=anna.user).delete()
    owner.client.post(f"employees/{anna.id}/block/")
    with company_scope(company):
        assert Principal.objects.get(pk=anna.principal.pk).access_epoch > anna.principal.access_epoch


def test_unblocked_person_signs_in_anew_with_his_roles(company, person, owner):
    anna = person(company, "head")
    owner.client.post(f"employees/{anna.id}/block/")
    answer = owner.client.post(f"employees/{anna.id}/unblock/")
    assert answer.json()["is_active"] is True
    assert [role["code"] for role in answer.json()["roles"]] == ["head"]
    assert anna.client.get("employees/").status_code == 401, "an ended session never comes back"
    assert "organization.employee_unblocked" in _kinds(company)


def test_blocking_twice_says_nothing_twice(company, person, owner):
    anna = person(company)
    for _ in range(2):
        assert owner.client.post(f"employees/{anna.id}/block/").status_code == 200
    assert _kinds(company).count("organization.employee_blocked") == 1
    for _ in range(2):
        assert owner.client.post(f"employees/{anna.id}/unblock/").status_code == 200
    assert _kinds(company).count("organization.employee_unblocked") == 1


def test_nobody_blocks_himself(company, person, owner):
    admin = person(company, "admin")
    answer = admin.client.post(f"employees/{admin.id}/block/")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-yourself")


def test_owner_is_blocked_by_an_owner_only_and_never_the_last(company, person, owner):
    admin, second = person(company, "admin"), person(company, "owner")
    refused = admin.client.post(f"employees/{second.id}/block/")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/owners-only")
    assert owner.client.post(f"employees/{second.id}/block/").status_code == 200
    # A blocked owner cannot sign in, so the one who is left counts as the last.
    left = admin.client.put(f"employees/{owner.id}/roles/", {"roles": ["employee"]})
    assert left.status_code == 403
    own = owner.client.put(f"employees/{owner.id}/roles/", {"roles": ["employee"]})
    assert (own.status_code, own.json()["type"]) == (409, "/problems/last-owner")
    assert admin.client.post(f"employees/{second.id}/unblock/").status_code == 403
    assert owner.client.post(f"employees/{second.id}/unblock/").status_code == 200
    assert owner.client.put(f"employees/{owner.id}/roles/", {"roles": ["employee"]}).status_code == 200


@pytest.mark.parametrize("role", ["employee", "head"])
def test_blocking_is_for_administrators(company, person, role):
    anna, other = person(company, role), person(company)
    assert anna.client.post(f"employees/{other.id}/block/").status_code == 403
    assert anna.client.post(f"employees/{other.id}/unblock/").status_code == 403


def _companies(email):
    with control_scope():
        return [found.slug for found in companies_of(email)]


def test_the_registry_forgets_a_blocked_person_and_learns_him_again(company, other_company, person, owner, deliver):
    anna = person(company)
    with control_scope():
        for each in (company, other_company):
            remember(each.id, anna.email)
    assert _companies(anna.email) == ["beta", "alfa"] or _companies(anna.email) == ["alfa", "beta"]
    owner.client.post(f"employees/{anna.id}/block/")
    deliver()
    assert _companies(anna.email) == ["beta"], "what he may in other companies is theirs to say"
    owner.client.post(f"employees/{anna.id}/unblock/")
    deliver()
    assert sorted(_companies(anna.email)) == ["alfa", "beta"]


def test_an_address_that_was_never_proved_is_not_listed_by_unblocking(company, person, owner, deliver):
    anna = person(company)
    with company_scope(company):
        User.objects.filter(pk=anna.user.pk).update(email_verified_at=None)
    for way in ("block", "unblock"):
        owner.client.post(f"employees/{anna.id}/{way}/")
        deliver()
    assert _companies(anna.email) == []


def test_facts_told_in_the_wrong_order_leave_what_the_company_says_now(company, person, owner):
    """Block and unblock, told at once by two workers: whichever comes last looks at the company again."""
    anna = person(company)
    owner.client.post(f"employees/{anna.id}/block/")
    owner.client.post(f"employees/{anna.id}/unblock/")
    with company_scope(company):
        facts = list(Fact.objects.filter(kind__startswith="organization.employee_").order_by("-pk")[:2])
        told = [Told.of(fact, Ref("organization.employee", anna.id)) for fact in facts]
    for fact in told:
        _learn_membership(company, fact)
    assert _companies(anna.email) == ["alfa"]


def test_a_change_between_looking_and_writing_is_seen(company, person, owner, monkeypatch):
    anna = person(company)
    genuine, moved = trait._standing, []

    def then_blocked(*asked):
        found = genuine(*asked)
        if not moved:
            moved.append(owner.client.post(f"employees/{anna.id}/block/").status_code)
        return found

    monkeypatch.setattr(trait, "_standing", then_blocked)
    _learn_membership(
        company, Told(1, "identity.user_joined", Ref("organization.employee", anna.id), {}, 1, None, None)
    )
    assert moved == [200] and _companies(anna.email) == []
