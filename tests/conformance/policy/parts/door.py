"""Signing in and out, one's password, sessions and tokens, and invitations."""

from collections.abc import Callable

import pyotp
from django.utils import timezone

from core.context import company_scope
from core.identity.actions.totp import set_up, turn_on
from core.identity.links import change_token, proof_token, refusal_token, reset_token
from core.identity.models import Invitation, User
from tenants.tickets import issue

from ..calls import NEW_PASSWORD, Call, Maker, known, plain
from ..scene import PASSWORD, Scene

COMPANY = """
GET    auth/state/ | 200 200 200 200 200 401 401
POST   auth/sign-in/ | 200 200 200 200 200 401 401
POST   auth/sign-in/ #blocked-person | 401 401 401 401 401 401 401
POST   auth/sign-in/ #foreign-person | 401 401 401 401 401 401 401
POST   auth/sign-out/ | 401 204 204 204 204 401 401
POST   auth/token/ | 200 200 200 200 200 401 401
POST   auth/token/ #blocked-person | 401 401 401 401 401 401 401
POST   auth/password/ | 401 204 204 204 204 401 401
POST   auth/password-reset/ | 202 202 202 202 202 401 401
POST   auth/password-reset/confirm/ | 204 204 204 204 204 401 401
POST   auth/password-reset/confirm/ #blocked-person | 409 409 409 409 409 401 401
POST   auth/email-proof/ | 401 202 202 202 202 401 401
POST   auth/email-proof/confirm/ | 204 204 204 204 204 401 401
GET    auth/email-change/ | 401 200 200 200 200 401 401
GET    auth/email-change/ #by-token | 401 403 403 403 403 401 401
POST   auth/email-change/ | 401 202 202 202 202 401 401
POST   auth/email-change/ #by-token | 401 403 403 403 403 401 401
POST   auth/email-change/ #wrong-password | 401 422 422 422 422 401 401
DELETE auth/email-change/ | 401 204 204 204 204 401 401
DELETE auth/email-change/ #by-token | 401 403 403 403 403 401 401
POST   auth/email-change/refuse/ | 204 204 204 204 204 401 401
POST   auth/email-change/confirm/ | 200 200 200 200 200 401 401
POST   auth/email-change/confirm/ #without-password | 422 422 422 422 422 401 401
POST   auth/email-change/confirm/ #blocked-person | 409 409 409 409 409 401 401
GET    auth/sessions/ | 401 200 200 200 200 401 401
POST   auth/sessions/revoke-others/ | 401 200 200 200 200 401 401
@ own other
DELETE auth/sessions/{session_id}/ | 401 204/404 204/404 204/404 204/404 401 401
@ -
POST   auth/tokens/ | 401 201 201 201 201 401 401
POST   auth/tokens/ #by-token | 401 403 403 403 403 401 401
POST   auth/tokens/ #wrong-password | 401 422 422 422 422 401 401
GET    auth/totp/ | 401 200 200 200 200 401 401
POST   auth/totp/setup/ | 401 200 200 200 200 401 401
POST   auth/totp/setup/ #by-token | 401 403 403 403 403 401 401
POST   auth/totp/setup/ #wrong-password | 401 422 422 422 422 401 401
POST   auth/totp/confirm/ | 401 200 200 200 200 401 401
POST   auth/totp/confirm/ #by-token | 401 403 403 403 403 401 401
POST   auth/totp/disable/ | 401 204 204 204 204 401 401
POST   auth/totp/disable/ #by-token | 401 403 403 403 403 401 401
GET    auth/companies/ | 401 200 200 200 200 401 401
POST   auth/switch/ | 401 200 200 200 200 401 401
POST   auth/switch/ #by-token | 401 403 403 403 403 401 401
POST   auth/switch/ #not-a-member | 401 404 404 404 404 401 401
POST   auth/ticket/ | 303 303 303 303 303 401 401
GET    auth/invitation/ | 200 200 200 200 200 401 401
POST   auth/invitation/accept/ | 201 201 201 201 201 401 401

GET    invitations/ | 401 403 200 200 200 401 401
POST   invitations/ | 401 403 201 201 201 401 401
POST   invitations/ #as-admin | 401 403 403 201 201 401 401
POST   invitations/ #as-owner | 401 403 403 403 201 401 401
POST   invitations/link/ | 401 403 201 201 201 401 401
DELETE invitations/{invitation_id}/ | 401 403 204 204 204 401 401
"""

ADDRESS = {"email": "new@policy.example", "password": PASSWORD}
TOKEN = {"name": "Выгрузка", "days": 5, "password": PASSWORD}


def _user(scene: Scene, name: str) -> User:
    return User.objects.select_related("principal").get(pk=scene.people[name].user)


def _sign_in(path: str, name: str) -> Maker:
    return lambda scene, caller, relation: Call(path, {"email": scene.people[name].email, "password": PASSWORD})


def _reset(name: str) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        token = scene.inside(lambda: reset_token(_user(scene, name)))
        return Call("auth/password-reset/confirm/", {"token": token, "password": NEW_PASSWORD})

    return make


def _prove(scene: Scene, caller: str, relation: str) -> Call:
    with company_scope(scene.company):
        User.objects.filter(pk=scene.people["colleague"].user).update(email_verified_at=None)
        token = proof_token(_user(scene, "colleague"))
    return Call("auth/email-proof/confirm/", {"token": token})


def _wanting(path: str, token_of: Callable[[User], str], name: str = "colleague", **more: str) -> Maker:
    """With the token of somebody who wants another address."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        with company_scope(scene.company):
            rows = User.objects.filter(pk=scene.people[name].user)
            rows.update(wanted_email="wanted@policy.example", wanted_at=timezone.now())
            return Call(f"auth/email-change/{path}/", {"token": token_of(_user(scene, name)), **more})

    return make


def _session(scene: Scene, caller: str, relation: str) -> Call:
    name = known(caller) if relation == "own" else "colleague"
    return Call(f"auth/sessions/{scene.people[name].session}/")


def _totp_code(*, by_cookie: bool) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        secret = scene.inside(lambda: set_up(_user(scene, known(caller))).secret)
        return Call("auth/totp/confirm/", {"code": pyotp.TOTP(secret).now()}, by_cookie=by_cookie)

    return make


def _totp_off(*, by_cookie: bool) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        with company_scope(scene.company):
            user = _user(scene, known(caller))
            turn_on(user, pyotp.TOTP(set_up(user).secret).now(), by=scene.people[known(caller)].actor())
        return Call("auth/totp/disable/", {"password": PASSWORD}, by_cookie=by_cookie)

    return make


def _ticket(scene: Scene, caller: str, relation: str) -> Call:
    return Call("auth/ticket/", {"ticket": issue(scene.company.schema, email=scene.people["colleague"].email)})


def _invited(scene: Scene) -> tuple[str, int]:
    """The secret and the id of a new link by which one may join."""
    made = scene.client("owner").post("invitations/link/", {"expires_days": 3}).json()
    return made["url"].partition("token=")[2], made["id"]


def _invitation_face(scene: Scene, caller: str, relation: str) -> Call:
    return Call("auth/invitation/", params={"token": _invited(scene)[0]})


def _accept(scene: Scene, caller: str, relation: str) -> Call:
    told = {"token": _invited(scene)[0], "full_name": "Новый Николай", "email": "new@policy.example"}
    return Call("auth/invitation/accept/", told | {"password": NEW_PASSWORD})


def _invitation(scene: Scene, caller: str, relation: str) -> Call:
    _, pk = _invited(scene)
    assert scene.inside(lambda: Invitation.objects.filter(pk=pk).exists())
    return Call(f"invitations/{pk}/")


CALLS: dict[str, Maker] = {
    "GET auth/state/": plain("auth/state/"),
    "POST auth/sign-in/": _sign_in("auth/sign-in/", "colleague"),
    "POST auth/sign-in/ #blocked-person": _sign_in("auth/sign-in/", "blocked"),
    "POST auth/sign-in/ #foreign-person": _sign_in("auth/sign-in/", "foreign"),
    "POST auth/sign-out/": plain("auth/sign-out/"),
    "POST auth/token/": _sign_in("auth/token/", "colleague"),
    "POST auth/token/ #blocked-person": _sign_in("auth/token/", "blocked"),
    "POST auth/password/": plain("auth/password/", {"current": PASSWORD, "new": NEW_PASSWORD}),
    "POST auth/password-reset/": plain("auth/password-reset/", {"email": "colleague@policy.example"}),
    "POST auth/password-reset/confirm/": _reset("colleague"),
    "POST auth/password-reset/confirm/ #blocked-person": _reset("blocked"),
    "POST auth/email-proof/": plain("auth/email-proof/"),
    "POST auth/email-proof/confirm/": _prove,
    "GET auth/email-change/": plain("auth/email-change/", by_cookie=True),
    "GET auth/email-change/ #by-token": plain("auth/email-change/"),
    "POST auth/email-change/": plain("auth/email-change/", ADDRESS, by_cookie=True),
    "POST auth/email-change/ #by-token": plain("auth/email-change/", ADDRESS),
    "POST auth/email-change/ #wrong-password": plain(
        "auth/email-change/", ADDRESS | {"password": NEW_PASSWORD}, by_cookie=True
    ),
    "DELETE auth/email-change/": plain("auth/email-change/", by_cookie=True),
    "DELETE auth/email-change/ #by-token": plain("auth/email-change/"),
    "POST auth/email-change/refuse/": _wanting("refuse", refusal_token),
    "POST auth/email-change/confirm/": _wanting("confirm", change_token, password=PASSWORD),
    "POST auth/email-change/confirm/ #without-password": _wanting("confirm", change_token),
    "POST auth/email-change/confirm/ #blocked-person": _wanting("confirm", change_token, "blocked", password=PASSWORD),
    "GET auth/sessions/": plain("auth/sessions/"),
    "POST auth/sessions/revoke-others/": plain("auth/sessions/revoke-others/"),
    "DELETE auth/sessions/{session_id}/": _session,
    "POST auth/tokens/": plain("auth/tokens/", TOKEN, by_cookie=True),
    "POST auth/tokens/ #by-token": plain("auth/tokens/", TOKEN),
    "POST auth/tokens/ #wrong-password": plain("auth/tokens/", TOKEN | {"password": NEW_PASSWORD}, by_cookie=True),
    "GET auth/totp/": plain("auth/totp/"),
    "POST auth/totp/setup/": plain("auth/totp/setup/", {"password": PASSWORD}, by_cookie=True),
    "POST auth/totp/setup/ #by-token": plain("auth/totp/setup/", {"password": PASSWORD}),
    "POST auth/totp/setup/ #wrong-password": plain("auth/totp/setup/", {"password": NEW_PASSWORD}, by_cookie=True),
    "POST auth/totp/confirm/": _totp_code(by_cookie=True),
    "POST auth/totp/confirm/ #by-token": _totp_code(by_cookie=False),
    "POST auth/totp/disable/": _totp_off(by_cookie=True),
    "POST auth/totp/disable/ #by-token": _totp_off(by_cookie=False),
    "GET auth/companies/": plain("auth/companies/"),
    "POST auth/switch/": plain("auth/switch/", {"slug": "alfa"}, by_cookie=True),
    "POST auth/switch/ #by-token": plain("auth/switch/", {"slug": "alfa"}),
    "POST auth/switch/ #not-a-member": plain("auth/switch/", {"slug": "beta"}, by_cookie=True),
    "POST auth/ticket/": _ticket,
    "GET auth/invitation/": _invitation_face,
    "POST auth/invitation/accept/": _accept,
    "GET invitations/": plain("invitations/"),
    "POST invitations/": plain("invitations/", {"emails": ["new@policy.example"]}),
    "POST invitations/ #as-admin": plain("invitations/", {"emails": ["new@policy.example"], "role": "admin"}),
    "POST invitations/ #as-owner": plain("invitations/", {"emails": ["new@policy.example"], "role": "owner"}),
    "POST invitations/link/": plain("invitations/link/", {"expires_days": 3}),
    "DELETE invitations/{invitation_id}/": _invitation,
}
