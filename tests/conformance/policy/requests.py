"""How each line of the policy file is called: the address and a body that is right in itself.

A refusal must come from rights alone, so every body here succeeds for whoever may.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pyotp

from core.context import company_scope, control_scope
from core.identity.actions.totp import set_up, turn_on
from core.identity.links import proof_token, reset_token
from core.identity.models import Invitation, User
from core.organization.models import Employee
from core.outbox.models import Outbox
from tenants.models import SignUp
from tenants.signup import code_of, form_of, request_sign_up
from tenants.tickets import issue
from tests.core.attachments.samples import png

from .scene import PASSWORD, Scene

NEW_PASSWORD = "another-person-2"
TOKEN = {"name": "Выгрузка", "days": 5, "password": PASSWORD}
LOGO = base64.b64encode(png()).decode()
FILE = {"name": "план.pdf", "size": 5, "content_type": "application/pdf"}


@dataclass(frozen=True)
class Call:
    """What to send; `params` only for GET."""

    path: str
    body: Any = None
    params: dict[str, str] = field(default_factory=dict)
    by_cookie: bool = False


Maker = Callable[[Scene, str, str], Call]


def _plain(path: str, body: Any = None, **more: Any) -> Maker:
    return lambda scene, caller, relation: Call(path, body, **more)


def _card(tail: str = "", body: Any = None) -> Maker:
    """On the employee card that stands so to the caller; `body` may be made from the scene."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        filled = body(scene) if callable(body) else body
        return Call(f"employees/{scene.card(caller, relation)}/{tail}", filled)

    return make


def _whose(name: str, tail: str, body: Any = None) -> Maker:
    return lambda scene, caller, relation: Call(f"employees/{scene.people[name].id}/{tail}", body)


def _task(tail: str = "", body: Any = None, *, in_trash: bool = False) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        task = scene.task(_known(caller), relation, in_trash=in_trash)
        return Call(f"tasks/{task}/{tail}", body(scene) if callable(body) else body)

    return make


def _comment(body: Any = None) -> Maker:
    return lambda scene, caller, relation: Call(f"comments/{scene.comment(_known(caller), relation)}/", body)


def _point(tail: str = "", body: Any = None, *, given: bool = False) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        return Call(f"checklist/{scene.point(_known(caller), relation, given=given)}/{tail}", body)

    return make


def _reader(scene: Scene, caller: str, relation: str) -> Call:
    return Call(f"acknowledgements/{scene.reader(_known(caller), relation)}/")


def _asked(maker: Maker) -> Maker:
    """The same call on a card that the caller has been asked to read."""

    def make(scene: Scene, caller: str, relation: str) -> Call:
        call = maker(scene, caller, relation)
        scene.ask_to_read(_known(caller), int(call.path.split("/")[1]))
        return call

    return make


def _trader_reads(scene: Scene) -> dict[str, Any]:
    return {"people": [scene.people["trader"].id]}


def _link(scene: Scene, caller: str, relation: str) -> Call:
    return Call(f"links/{scene.link(_known(caller), relation)}/")


def _to_trader(scene: Scene) -> dict[str, Any]:
    return {"ref": f"organization.employee/{scene.people['trader'].id}"}


def _to_task_of_others(scene: Scene) -> dict[str, Any]:
    return {"ref": f"tasks.task/{scene.task('employee', 'other')}"}


def _file(tail: str = "", body: Any = None, state: str = "ready") -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        return Call(f"attachments/{scene.file(_known(caller), relation, state)}/{tail}", body)

    return make


def _file_of_person(tail: str = "", body: Any = None, *, is_photo: bool = False) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        pk = scene.file_of_person(scene.card(caller, relation), is_photo=is_photo)
        return Call(f"attachments/{pk}/{tail}", body)

    return make


def _known(caller: str) -> str:
    """Objects of people who cannot have any stand to the caller as to a stranger."""
    return caller if caller in ("employee", "head", "admin", "owner") else "employee"


def _logo(scene: Scene, caller: str, relation: str) -> Call:
    return Call(f"company/logo/{scene.logo()}/")


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


def _session(scene: Scene, caller: str, relation: str) -> Call:
    name = _known(caller) if relation == "own" else "colleague"
    return Call(f"auth/sessions/{scene.people[name].session}/")


def _totp_code(*, by_cookie: bool) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        secret = scene.inside(lambda: set_up(_user(scene, _known(caller))).secret)
        return Call("auth/totp/confirm/", {"code": pyotp.TOTP(secret).now()}, by_cookie=by_cookie)

    return make


def _totp_off(*, by_cookie: bool) -> Maker:
    def make(scene: Scene, caller: str, relation: str) -> Call:
        with company_scope(scene.company):
            user = _user(scene, _known(caller))
            turn_on(user, pyotp.TOTP(set_up(user).secret).now(), by=scene.people[_known(caller)].actor())
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


def _seated_owner(scene: Scene, caller: str, relation: str) -> Call:
    """The owner sits below the head, whose right to edit reaches there."""
    whose = scene.people["owner"].id
    scene.inside(lambda: Employee.objects.filter(pk=whose).update(department_id=scene.places["shop"]))
    return Call(f"employees/{whose}/", {"phone": "101"})


def _blocked_card(scene: Scene, caller: str, relation: str) -> Call:
    return Call(f"employees/{scene.people['blocked'].id}/unblock/")


def _trashed(scene: Scene, caller: str, relation: str) -> Call:
    task = scene.task(_known(caller), relation, in_trash=True)
    return Call("trash/restore/", {"ref": f"tasks.task/{task}"})


COMPANY: dict[str, Maker] = {
    "GET /healthz": _plain("/healthz"),
    "GET /readyz": _plain("/readyz"),
    "GET schema/": _plain("schema/"),
    "GET /api/docs/": _plain("/api/docs/"),
    "GET /robots.txt": _plain("/robots.txt"),
    "GET /<page>": _plain("/tasks"),
    "GET me/": _plain("me/"),
    "GET home/": _plain("home/"),
    "GET auth/state/": _plain("auth/state/"),
    "POST auth/sign-in/": _sign_in("auth/sign-in/", "colleague"),
    "POST auth/sign-in/ #blocked-person": _sign_in("auth/sign-in/", "blocked"),
    "POST auth/sign-in/ #foreign-person": _sign_in("auth/sign-in/", "foreign"),
    "POST auth/sign-out/": _plain("auth/sign-out/"),
    "POST auth/token/": _sign_in("auth/token/", "colleague"),
    "POST auth/token/ #blocked-person": _sign_in("auth/token/", "blocked"),
    "POST auth/password/": _plain("auth/password/", {"current": PASSWORD, "new": NEW_PASSWORD}),
    "POST auth/password-reset/": _plain("auth/password-reset/", {"email": "colleague@policy.example"}),
    "POST auth/password-reset/confirm/": _reset("colleague"),
    "POST auth/password-reset/confirm/ #blocked-person": _reset("blocked"),
    "POST auth/email-proof/": _plain("auth/email-proof/"),
    "POST auth/email-proof/confirm/": _prove,
    "GET auth/sessions/": _plain("auth/sessions/"),
    "POST auth/sessions/revoke-others/": _plain("auth/sessions/revoke-others/"),
    "DELETE auth/sessions/{session_id}/": _session,
    "POST auth/tokens/": _plain("auth/tokens/", TOKEN, by_cookie=True),
    "POST auth/tokens/ #by-token": _plain("auth/tokens/", TOKEN),
    "POST auth/tokens/ #wrong-password": _plain("auth/tokens/", TOKEN | {"password": NEW_PASSWORD}, by_cookie=True),
    "GET auth/totp/": _plain("auth/totp/"),
    "POST auth/totp/setup/": _plain("auth/totp/setup/", {"password": PASSWORD}, by_cookie=True),
    "POST auth/totp/setup/ #by-token": _plain("auth/totp/setup/", {"password": PASSWORD}),
    "POST auth/totp/setup/ #wrong-password": _plain("auth/totp/setup/", {"password": NEW_PASSWORD}, by_cookie=True),
    "POST auth/totp/confirm/": _totp_code(by_cookie=True),
    "POST auth/totp/confirm/ #by-token": _totp_code(by_cookie=False),
    "POST auth/totp/disable/": _totp_off(by_cookie=True),
    "POST auth/totp/disable/ #by-token": _totp_off(by_cookie=False),
    "GET auth/companies/": _plain("auth/companies/"),
    "POST auth/switch/": _plain("auth/switch/", {"slug": "alfa"}, by_cookie=True),
    "POST auth/switch/ #by-token": _plain("auth/switch/", {"slug": "alfa"}),
    "POST auth/switch/ #not-a-member": _plain("auth/switch/", {"slug": "beta"}, by_cookie=True),
    "POST auth/ticket/": _ticket,
    "GET auth/invitation/": _invitation_face,
    "POST auth/invitation/accept/": _accept,
    "GET invitations/": _plain("invitations/"),
    "POST invitations/": _plain("invitations/", {"emails": ["new@policy.example"]}),
    "POST invitations/ #as-admin": _plain("invitations/", {"emails": ["new@policy.example"], "role": "admin"}),
    "POST invitations/ #as-owner": _plain("invitations/", {"emails": ["new@policy.example"], "role": "owner"}),
    "POST invitations/link/": _plain("invitations/link/", {"expires_days": 3}),
    "DELETE invitations/{invitation_id}/": _invitation,
    "GET company/": _plain("company/"),
    "PATCH company/": _plain("company/", {"name": "Альфа и Ко"}),
    "PUT company/logo/": _plain("company/logo/", {"image": LOGO}),
    "DELETE company/logo/": _plain("company/logo/"),
    "GET company/logo/{version}/": _logo,
    "GET modules/": _plain("modules/"),
    "PATCH modules/{code}/": _plain("modules/tasks/", {"enabled": True}),
    "GET employees/": _plain("employees/"),
    "GET employees/{card_id}/": _card(),
    "PATCH employees/{card_id}/ #phone": _card(body={"phone": "101"}),
    "PATCH employees/{card_id}/ #position": _card(body=lambda scene: {"position": scene.position}),
    "PATCH employees/{card_id}/ #department": _card(body=lambda scene: {"department": scene.department()}),
    "POST employees/{card_id}/block/": _card("block/"),
    "POST employees/{card_id}/block/ #owner": _whose("owner", "block/"),
    "POST employees/{card_id}/block/ #admin": _whose("admin", "block/"),
    "PATCH employees/{card_id}/ #owner-by-head": _seated_owner,
    "POST employees/{card_id}/unblock/": _blocked_card,
    "PUT employees/{card_id}/roles/": _card("roles/", {"roles": ["head"]}),
    "PUT employees/{card_id}/roles/ #owner": _whose("colleague", "roles/", {"roles": ["owner"]}),
    "GET employees/{card_id}/attachments/": _card("attachments/"),
    "POST employees/{card_id}/attachments/": _card("attachments/", FILE),
    "GET employees/{card_id}/history/": _card("history/"),
    "GET departments/": _plain("departments/"),
    "POST departments/": _plain("departments/", {"title": "Склад"}),
    "GET departments/{department_id}/": lambda s, c, r: Call(f"departments/{s.places['sales']}/"),
    "PATCH departments/{department_id}/": lambda s, c, r: Call(
        f"departments/{s.places['sales']}/", {"title": "Сбыт", "parent": s.places["factory"]}
    ),
    "DELETE departments/{department_id}/": lambda s, c, r: Call(f"departments/{s.department()}/"),
    "GET positions/": _plain("positions/"),
    "POST positions/": _plain("positions/", {"title": "Кладовщик"}),
    "PATCH positions/{position_id}/": lambda s, c, r: Call(f"positions/{s.position}/", {"title": "Токарь"}),
    "DELETE positions/{position_id}/": lambda s, c, r: Call(f"positions/{s.spare_position()}/"),
    "GET roles/": _plain("roles/"),
    "POST roles/": _plain("roles/", {"title": "Кадры", "grants": []}),
    "GET roles/{code}/": _plain("roles/head/"),
    "PATCH roles/{code}/": _plain("roles/employee/", {"grants": []}),
    "PATCH roles/{code}/ #owner": _plain("roles/owner/", {"grants": []}),
    "DELETE roles/{code}/": lambda s, c, r: Call(f"roles/{s.role()}/"),
    "DELETE roles/{code}/ #system": _plain("roles/employee/"),
    "GET permissions/": _plain("permissions/"),
    "GET tasks/": _plain("tasks/"),
    "POST tasks/": lambda s, c, r: Call("tasks/", {"title": "Новая", "assignee": s.people["seller"].id}),
    "GET tasks/counts/": _plain("tasks/counts/"),
    "GET tasks/{card_id}/": _task(),
    "PATCH tasks/{card_id}/": _task(body={"title": "Иначе"}),
    "DELETE tasks/{card_id}/": _task(),
    "POST tasks/{card_id}/restore/": _task("restore/", in_trash=True),
    "POST tasks/{card_id}/do/{deed}/ #accept": _task("do/accept/"),
    "POST tasks/{card_id}/do/{deed}/ #cancel": _task("do/cancel/"),
    "PUT tasks/{card_id}/watchers/": _task("watchers/", lambda s: {"watchers": [s.people["neighbour"].id]}),
    "PUT tasks/{card_id}/co-assignees/": _task("co-assignees/", lambda s: {"co_assignees": [s.people["neighbour"].id]}),
    "GET tasks/{card_id}/attachments/": _task("attachments/"),
    "POST tasks/{card_id}/attachments/": _task("attachments/", FILE),
    "GET tasks/{card_id}/comments/": _task("comments/"),
    "POST tasks/{card_id}/comments/": _task("comments/", {"text": "Слово"}),
    "GET tasks/{card_id}/history/": _task("history/"),
    "GET tasks/{card_id}/links/": _task("links/"),
    "POST tasks/{card_id}/links/": _task("links/", _to_trader),
    "POST tasks/{card_id}/links/ #to-what-is-not-seen": _task("links/", _to_task_of_others),
    "GET employees/{card_id}/links/": _card("links/"),
    "POST employees/{card_id}/links/": _card("links/", _to_trader),
    "DELETE links/{link_id}/": _link,
    "GET tasks/{card_id}/acknowledgements/": _task("acknowledgements/"),
    "POST tasks/{card_id}/acknowledgements/": _task("acknowledgements/", _trader_reads),
    "POST tasks/{card_id}/acknowledgements/confirm/": _task("acknowledgements/confirm/", {}),
    "POST tasks/{card_id}/acknowledgements/confirm/ #asked": _asked(_task("acknowledgements/confirm/", {})),
    "POST tasks/{card_id}/acknowledgements/again/": _task("acknowledgements/again/", {}),
    "POST tasks/{card_id}/acknowledgements/again/ #asked": _asked(_task("acknowledgements/again/", {})),
    "GET employees/{card_id}/acknowledgements/": _card("acknowledgements/"),
    "POST employees/{card_id}/acknowledgements/": _card("acknowledgements/", _trader_reads),
    "POST employees/{card_id}/acknowledgements/confirm/": _card("acknowledgements/confirm/", {}),
    "POST employees/{card_id}/acknowledgements/confirm/ #asked": _asked(_card("acknowledgements/confirm/", {})),
    "POST employees/{card_id}/acknowledgements/again/": _card("acknowledgements/again/", {}),
    "POST employees/{card_id}/acknowledgements/again/ #asked": _asked(_card("acknowledgements/again/", {})),
    "DELETE acknowledgements/{row_id}/": _reader,
    "GET tasks/{card_id}/checklist/": _task("checklist/"),
    "POST tasks/{card_id}/checklist/": _task("checklist/", {"points": [{"text": "Осмотр"}]}),
    "GET employees/{card_id}/checklist/": _card("checklist/"),
    "POST employees/{card_id}/checklist/": _card("checklist/", {"points": [{"text": "Осмотр"}]}),
    "PATCH checklist/{point_id}/": _point("", {"text": "Иначе"}),
    "DELETE checklist/{point_id}/": _point(),
    "PUT checklist/{point_id}/place/": _point("place/", {"after": None}),
    "POST checklist/{point_id}/tick/": _point("tick/", {}),
    "POST checklist/{point_id}/tick/ #given-to-oneself": _point("tick/", {}, given=True),
    "DELETE checklist/{point_id}/tick/": _point("tick/"),
    "POST checklist/{point_id}/failure/": _point("failure/", {"note": "Течёт"}),
    "PATCH comments/{comment_id}/": _comment({"text": "Иначе"}),
    "DELETE comments/{comment_id}/": _comment(),
    "GET attachments/{attachment_id}/": _file(),
    "DELETE attachments/{attachment_id}/": _file(),
    "POST attachments/{attachment_id}/complete/": _file("complete/", state="uploading"),
    "GET attachments/{attachment_id}/versions/": _file("versions/"),
    "POST attachments/{attachment_id}/versions/": _file("versions/", FILE),
    "GET attachments/{attachment_id}/content/": _file("content/"),
    "GET attachments/{attachment_id}/ #on-employee": _file_of_person(),
    "GET attachments/{attachment_id}/ #photo": _file_of_person(is_photo=True),
    "DELETE attachments/{attachment_id}/ #on-employee": _file_of_person(),
    "DELETE attachments/{attachment_id}/ #photo": _file_of_person(is_photo=True),
    "GET attachments/{attachment_id}/versions/ #on-employee": _file_of_person("versions/"),
    "GET attachments/{attachment_id}/versions/ #photo": _file_of_person("versions/", is_photo=True),
    "POST attachments/{attachment_id}/versions/ #on-employee": _file_of_person("versions/", FILE),
    "POST attachments/{attachment_id}/versions/ #photo": _file_of_person("versions/", FILE, is_photo=True),
    "GET attachments/{attachment_id}/content/ #on-employee": _file_of_person("content/"),
    "GET attachments/{attachment_id}/content/ #photo": _file_of_person("content/", is_photo=True),
    "GET trash/": _plain("trash/"),
    "POST trash/restore/": _trashed,
}

_FORM = {
    "email": "founder@policy.example",
    "company": "Новая компания",
    "slug": "policy-new",
    "full_name": "Основателев Осип",
    "password": NEW_PASSWORD,
}


def _signed_up() -> SignUp:
    with control_scope():
        return request_sign_up(**_FORM)


def _confirm(scene: Scene, caller: str, relation: str) -> Call:
    return Call("signup/confirm/", {"email": _FORM["email"], "code": code_of(_signed_up())})


def _wrong_code(scene: Scene, caller: str, relation: str) -> Call:
    wrong = "000000" if code_of(_signed_up()) != "000000" else "000001"
    return Call("signup/confirm/", {"email": _FORM["email"], "code": wrong})


def _other_letter(scene: Scene, caller: str, relation: str) -> Call:
    mine = form_of(_signed_up())
    with control_scope():
        theirs = request_sign_up(**_FORM | {"slug": "policy-other", "password": "policy-stranger-1"})
    return Call("signup/confirm/", {"email": _FORM["email"], "code": code_of(theirs), "sign_up": mine})


def _several_forms(scene: Scene, caller: str, relation: str) -> Call:
    call = _other_letter(scene, caller, relation)
    return Call(call.path, {"email": call.body["email"], "code": call.body["code"]})


def _resend(scene: Scene, caller: str, relation: str) -> Call:
    _signed_up()
    with control_scope():
        Outbox.objects.all().delete()
    return Call("signup/resend/", {"email": _FORM["email"]})


PUBLIC: dict[str, Maker] = {
    "GET /healthz": _plain("/healthz"),
    "GET /readyz": _plain("/readyz"),
    "GET schema/": _plain("schema/"),
    "GET /api/docs/": _plain("/api/docs/"),
    "GET /robots.txt": _plain("/robots.txt"),
    "GET /<page>": _plain("/"),
    "POST signup/": _plain("signup/", _FORM),
    "POST signup/confirm/": _confirm,
    "POST signup/confirm/ #wrong-code": _wrong_code,
    "POST signup/confirm/ #other-letter": _other_letter,
    "POST signup/confirm/ #several-forms": _several_forms,
    "POST signup/resend/": _resend,
    "GET signup/slug/": _plain("signup/slug/", params={"slug": "policy-new"}),
    "POST find-company/": _plain("find-company/", {"email": "founder@policy.example"}),
}
