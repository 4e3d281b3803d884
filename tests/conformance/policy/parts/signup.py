"""The bare host: a company is signed up for or found."""

from core.context import control_scope
from core.outbox.models import Outbox
from tenants.models import SignUp
from tenants.signup import code_of, form_of, request_sign_up

from ..calls import NEW_PASSWORD, Call, Maker, plain
from ..scene import Scene

PUBLIC = """
POST   signup/ | 202
POST   signup/confirm/ | 201
POST   signup/confirm/ #wrong-code | 422
POST   signup/confirm/ #other-letter | 422
POST   signup/confirm/ #several-forms | 409
POST   signup/resend/ | 202
GET    signup/slug/ | 200
POST   find-company/ | 202
"""

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


PUBLIC_CALLS: dict[str, Maker] = {
    "POST signup/": plain("signup/", _FORM),
    "POST signup/confirm/": _confirm,
    "POST signup/confirm/ #wrong-code": _wrong_code,
    "POST signup/confirm/ #other-letter": _other_letter,
    "POST signup/confirm/ #several-forms": _several_forms,
    "POST signup/resend/": _resend,
    "GET signup/slug/": plain("signup/slug/", params={"slug": "policy-new"}),
    "POST find-company/": plain("find-company/", {"email": "founder@policy.example"}),
}
