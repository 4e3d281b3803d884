"""From the form to a company, through the API of the bare host."""

from datetime import timedelta

import pytest

from core import throttle
from core.context import company_scope, control_scope
from core.events.models import Fact
from core.identity.events import SignedIn
from core.identity.models import Principal, Session, User
from core.identity.passwords import hash_new, matches
from core.identity.rest.sessions import session_line
from core.organization.models import Employee
from tenants import signup
from tenants.models import Company, ControlLetter, SignUp
from tenants.signup import code_of
from tenants.snapshots import find

FORM = {
    "email": "Anna@Kontur.example",
    "company": "ООО «Северный контур»",
    "slug": "kontur",
    "full_name": "Крылова Анна Сергеевна",
    "password": "severny-kontur-1",
}


@pytest.fixture
def bare(db, api):
    return api()


def code_from(mailbox) -> str:
    return str(mailbox[-1]["Subject"])[:6]


@pytest.mark.row("PL-01")
def test_a_visitor_gets_a_company_of_his_own(bare, deliver, mailbox):
    assert bare.post("signup/", FORM).status_code == 202
    deliver()
    welcome = bare.post("signup/confirm/", {"email": FORM["email"], "code": code_from(mailbox)})
    assert welcome.status_code == 201
    assert welcome.json()["host"].startswith("kontur.localhost")
    company = find(host="kontur.localhost")
    with company_scope(company):
        assert [employee.full_name for employee in Employee.objects.all()] == [FORM["full_name"]]


def test_confirming_again_gives_the_same_company(bare, deliver, mailbox):
    bare.post("signup/", FORM)
    deliver()
    answers = [bare.post("signup/confirm/", {"email": FORM["email"], "code": code_from(mailbox)}) for _ in range(2)]
    assert [answer.json()["host"] for answer in answers] == ["kontur.localhost:8000"] * 2
    with control_scope():
        assert Company.objects.filter(slug__startswith="kontur").count() == 1


def test_a_wrong_code_five_times_needs_a_new_letter(bare, deliver, mailbox):
    bare.post("signup/", FORM)
    deliver()
    with control_scope():
        code = code_of(SignUp.objects.get())
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    types = [bare.post("signup/confirm/", {"email": FORM["email"], "code": wrong}).json()["type"] for _ in range(6)]
    assert types == ["/problems/wrong-code"] * 5 + ["/problems/code-dead"]
    assert bare.post("signup/confirm/", {"email": FORM["email"], "code": code}).json()["type"] == "/problems/code-dead"
    assert bare.post("signup/resend/", {"email": FORM["email"]}).status_code == 202
    deliver()
    assert bare.post("signup/confirm/", {"email": FORM["email"], "code": code_from(mailbox)}).status_code == 201


def test_every_wrong_field_is_named_at_once(bare):
    answer = bare.post("signup/", FORM | {"email": "нет", "slug": "console", "full_name": " "})
    assert answer.status_code == 422
    fields = {error["pointer"] for error in answer.json()["errors"]}
    assert fields == {"/email", "/slug", "/full_name"}


def test_a_slug_taken_meanwhile_is_refused_and_another_accepted(bare, deliver, mailbox):
    bare.post("signup/", FORM)
    deliver()
    first = code_from(mailbox)
    bare.post("signup/", FORM | {"email": "other@kontur.example"})
    deliver()
    bare.post("signup/confirm/", {"email": "other@kontur.example", "code": code_from(mailbox)})
    refused = bare.post("signup/confirm/", {"email": FORM["email"], "code": first})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/slug-taken")
    proposed = refused.json()["proposed"]
    accepted = bare.post("signup/confirm/", {"email": FORM["email"], "code": first, "slug": proposed})
    assert accepted.json()["host"].startswith(proposed)


@pytest.mark.row("PL-01")
def test_the_code_confirms_only_the_form_of_its_own_browser(bare, deliver, mailbox):
    """Somebody else may send a form for my address: what I then confirm is still what I have filled in."""
    mine = bare.post("signup/", FORM).json()
    deliver()
    code = code_from(mailbox)
    theirs = bare.post("signup/", FORM | {"slug": "chuzhaya", "company": "Чужая"}).json()
    deliver()
    foreign_code = code_from(mailbox)
    assert mine["sign_up"] != theirs["sign_up"]

    def confirm(code, **more):
        return bare.post("signup/confirm/", {"email": FORM["email"], "code": code} | more)

    foreign = confirm(foreign_code, sign_up=mine["sign_up"])
    assert (foreign.status_code, foreign.json()["type"]) == (422, "/problems/other-letter")
    assert "kontur.localhost" in foreign.json()["detail"]
    assert confirm(code, sign_up="чужое").json()["type"] == "/problems/wrong-code"
    made = confirm(code, sign_up=mine["sign_up"])
    assert (made.status_code, made.json()["host"].partition(".")[0]) == (201, "kontur")


def codes(mailbox) -> list[str]:
    return [str(letter["Subject"])[:6] for letter in mailbox]


def refusal(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


class Sites:
    """Callers of the bare host from different addresses."""

    def __init__(self, api) -> None:
        self.api = api

    def __call__(self, address: str):
        caller = self.api()
        caller.client.defaults["REMOTE_ADDR"] = address
        return caller


@pytest.fixture
def site(db, api):
    return Sites(api)


STRANGER = FORM | {"password": "chuzhoy-parol-9"}


def test_a_letter_names_the_company_and_its_address(bare, deliver, mailbox):
    bare.post("signup/", FORM)
    deliver()
    text = mailbox[-1].get_body(("plain",)).get_content()
    assert "Северный контур" in text and "kontur.localhost" in text


@pytest.mark.row("PL-01")
@pytest.mark.parametrize("stranger_first", [True, False])
def test_a_password_of_a_stranger_never_becomes_the_owner_s(bare, deliver, mailbox, stranger_first):
    """Both forms are for one address and one subdomain; the owner of the address has both letters."""
    for form in (STRANGER, FORM) if stranger_first else (FORM, STRANGER):
        bare.post("signup/", form)
        deliver()
    for code in codes(mailbox):
        refused = bare.post("signup/confirm/", {"email": FORM["email"], "code": code})
        assert refusal(refused) == (409, "several-forms")
    assert find(host="kontur.localhost") is None


def test_an_expired_form_of_mine_does_not_leave_the_field_to_a_stranger(bare, deliver, mailbox):
    bare.post("signup/", FORM)
    with control_scope():
        SignUp.objects.update(expires_at=SignUp.objects.get().created_at)
    bare.post("signup/", STRANGER)
    deliver()
    refused = bare.post("signup/confirm/", {"email": FORM["email"], "code": codes(mailbox)[-1]})
    assert refusal(refused) == (409, "several-forms")


def test_the_code_of_a_twin_form_sends_to_the_newest_letter(bare, deliver, mailbox):
    mine = bare.post("signup/", FORM).json()["sign_up"]
    bare.post("signup/", STRANGER)
    deliver()
    theirs = codes(mailbox)[1]
    refused = bare.post("signup/confirm/", {"email": FORM["email"], "code": theirs, "sign_up": mine})
    assert refusal(refused) == (422, "other-letter")
    assert "Отправить ещё раз" in refused.json()["detail"]
    bare.post("signup/resend/", {"email": FORM["email"], "sign_up": mine})
    deliver()
    made = bare.post("signup/confirm/", {"email": FORM["email"], "code": codes(mailbox)[-1], "sign_up": mine})
    assert made.status_code == 201
    with company_scope(find(host="kontur.localhost")):
        assert matches(FORM["password"], User.objects.get().password)


def test_a_script_may_repeat_its_own_form(bare, deliver, mailbox):
    """Two forms of one password are of one person: the code chooses between them."""
    for slug in ("kontur", "kontur-2"):
        bare.post("signup/", FORM | {"slug": slug})
    deliver()
    made = bare.post("signup/confirm/", {"email": FORM["email"], "code": codes(mailbox)[0]})
    assert (made.status_code, made.json()["host"].partition(".")[0]) == (201, "kontur")


def test_a_letter_is_sent_again_for_the_named_form_only(bare, deliver, mailbox):
    mine = bare.post("signup/", FORM).json()["sign_up"]
    deliver()
    own = codes(mailbox)[0]
    bare.post("signup/", STRANGER)
    deliver()
    assert bare.post("signup/resend/", {"email": FORM["email"]}).status_code == 202
    deliver()
    assert len(mailbox) == 2, "nobody said which form, and there are two"
    assert bare.post("signup/resend/", {"email": FORM["email"], "sign_up": mine}).status_code == 202
    deliver()
    assert codes(mailbox)[2:] == [own]


def test_whoever_cannot_name_a_form_does_not_use_up_its_letters(bare, deliver, mailbox):
    mine = bare.post("signup/", FORM).json()["sign_up"]
    for _ in range(6):
        bare.post("signup/resend/", {"email": FORM["email"]})
    deliver()
    assert len(mailbox) == signup.LETTERS_UNNAMED
    bare.post("signup/resend/", {"email": FORM["email"], "sign_up": mine})
    deliver()
    assert len(mailbox) == signup.LETTERS_UNNAMED + 1


@pytest.fixture
def founded(bare, deliver, mailbox):
    """A company with the code that has founded it; `again()` confirms once more."""
    bare.post("signup/", FORM)
    deliver()
    code = code_from(mailbox)
    welcome = bare.post("signup/confirm/", {"email": FORM["email"], "code": code}).json()
    company = find(host="kontur.localhost")
    return company, welcome, lambda: bare.post("signup/confirm/", {"email": FORM["email"], "code": code})


@pytest.mark.row("PL-01")
def test_a_founder_s_token_is_opened_as_every_other(founded):
    company, welcome, _ = founded
    with company_scope(company):
        session = Session.objects.get(kind="token")
        fact = Fact.objects.get(kind="identity.signed_in")
        assert session.ip == "127.0.0.1"
        # Nobody asked for it at the screen: it ends within a day.
        assert session.expires_at <= session.created_at + timedelta(days=1)
        assert (fact.payload["way"], fact.payload["ip"], fact.payload["session_id"]) == (
            "signup", "127.0.0.1", session.pk,
        )  # fmt: skip
        assert SignedIn.words(fact.payload) == "получил(а) ключ для первого входа", "the browser signs in after it"
        assert "можно отозвать" in session_line(session, 0)["name"]


@pytest.mark.row("PL-01")
@pytest.mark.parametrize("change", ["late", "blocked", "second-factor", "password"])
def test_a_code_that_has_founded_is_no_way_in(founded, change, monkeypatch):
    company, _, again = founded
    assert again().status_code == 201
    with company_scope(company):
        user = User.objects.get()
        if change == "blocked":
            Principal.objects.filter(pk=user.principal_id).update(is_active=False)
        if change == "second-factor":
            User.objects.update(totp_confirmed_at=user.created_at)
        if change == "password":
            User.objects.update(password=hash_new("drugoy-parol-3"), password_changed_at=signup.timezone.now())
        before = Session.objects.count()
    if change == "late":
        with control_scope():
            Company.objects.filter(slug="kontur").update(created_at=signup.timezone.now() - signup.RETRY * 1.1)
    refused = again()
    assert refusal(refused) == (409, "already-founded")
    assert "Компания уже создана, войдите по адресу kontur.localhost" in refused.json()["detail"]
    with company_scope(company):
        assert Session.objects.count() == before


def test_nothing_is_sent_again_for_a_founded_form(founded, bare, deliver, mailbox):
    before = len(mailbox)
    bare.post("signup/resend/", {"email": FORM["email"]})
    deliver()
    assert len(mailbox) == before


def test_the_code_of_a_deleted_company_founds_no_other(founded):
    company, _, again = founded
    with control_scope():
        SignUp.objects.update(company=None)
        Company.objects.filter(schema_name=company.schema).update(slug="inache")
    assert refusal(again()) == (409, "code-dead")


@pytest.mark.row("PL-01")
def test_a_stranger_s_wrong_codes_burn_nobody_s_form(site, deliver, mailbox):
    victim, stranger = site("10.1.1.1"), site("10.2.2.2")
    mine = victim.post("signup/", FORM).json()["sign_up"]
    deliver()
    code = code_from(mailbox)
    wrong = {"email": FORM["email"], "code": f"{(int(code) + 1) % 1_000_000:06d}"}
    types = [refusal(stranger.post("signup/confirm/", wrong))[1] for _ in range(6)]
    assert types == ["wrong-code"] * 5 + ["code-dead"]
    throttle.count("signup-code-all", FORM["email"].lower(), seconds=3600, number=signup.CODE_TRIES_OF_ALL)
    assert refusal(victim.post("signup/confirm/", wrong))[1] == "code-dead", "codes are not guessed from everywhere"
    made = victim.post("signup/confirm/", {"email": FORM["email"], "code": code, "sign_up": mine})
    assert made.status_code == 201


def test_a_stranger_s_wrong_codes_leave_a_script_its_own(site, deliver, mailbox):
    victim, stranger = site("10.1.1.1"), site("10.2.2.2")
    victim.post("signup/", FORM)
    deliver()
    code = code_from(mailbox)
    for _ in range(6):
        stranger.post("signup/confirm/", {"email": FORM["email"], "code": "000000" if code != "000000" else "111111"})
    assert victim.post("signup/confirm/", {"email": FORM["email"], "code": code}).status_code == 201


def test_five_tries_of_a_named_form_are_all(bare, deliver, mailbox):
    mine = bare.post("signup/", FORM).json()["sign_up"]
    deliver()
    code = code_from(mailbox)
    wrong = {"email": FORM["email"], "code": f"{(int(code) + 1) % 1_000_000:06d}", "sign_up": mine}
    types = [refusal(bare.post("signup/confirm/", wrong))[1] for _ in range(6)]
    assert types == ["wrong-code"] * 5 + ["code-dead"]
    bare.post("signup/resend/", {"email": FORM["email"], "sign_up": mine})
    right = {"email": FORM["email"], "code": code, "sign_up": mine}
    assert bare.post("signup/confirm/", right).status_code == 201


def test_a_stranger_s_forms_leave_room_for_mine(site):
    stranger, victim = site("10.2.2.2"), site("10.1.1.1")
    told = [stranger.post("signup/", STRANGER | {"slug": f"chuzhaya-{number}"}).status_code for number in range(6)]
    assert told == [202] * 5 + [429]
    assert victim.post("signup/", FORM).status_code == 202
    with control_scope():
        assert ControlLetter.objects.count() == 6


@pytest.mark.parametrize(
    "email", ["anna@localhost", "anna@[127.0.0.1]", "anna@127.0.0.10", "anna@10.0.0.1", "anna@kontur", "a@x.1c"]
)
def test_an_address_is_of_a_domain_with_a_name(bare, email):
    answer = bare.post("signup/", FORM | {"email": email})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/email"]


@pytest.mark.parametrize("email", ["anna@kontur.example", "a.b+c@mail.kontur.ru", "anna@xn--e1afmkfd.xn--p1ai"])
def test_names_of_domains_may_be_long_and_cyrillic(bare, email):
    assert bare.post("signup/", FORM | {"email": email}).status_code == 202


@pytest.mark.row("PL-01")
@pytest.mark.parametrize("agreed", [{"terms": "2026-11-23"}, {}])
def test_a_consent_is_kept_with_the_day_of_its_text(bare, deliver, mailbox, agreed):
    bare.post("signup/", FORM | agreed)
    with control_scope():
        filled = SignUp.objects.get().created_at
    deliver()
    bare.post("signup/confirm/", {"email": FORM["email"], "code": code_from(mailbox)})
    with company_scope(find(host="kontur.localhost")):
        facts = list(Fact.objects.filter(kind="identity.consent_given"))
        # A script has seen no text, so it has agreed to none.
        assert len(facts) == len(agreed)
        for fact in facts:
            assert fact.actor_id == User.objects.get().principal_id
            assert fact.payload == {"terms": "2026-11-23", "given_at": filled.isoformat(), "ip": "127.0.0.1"}
