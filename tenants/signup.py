"""From the form to a working company: request, code by mail, confirmation."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from core import throttle
from core.context import company_scope, control_scope
from core.errors import Invalid
from core.failpoints import Failpoint
from core.identity.models import User
from core.identity.names import clean_line, read_email, read_full_name
from core.identity.passwords import hash_new
from core.identity.secrets import keyed_for, same
from core.outbox.queries import promise
from core.registry import registry
from core.verb import verb

from . import slugs
from .errors import CodeDead, SlugTaken, WrongCode
from .models import Company, ControlLetter, ReleasedSlug, SignUp
from .provisioning import pool
from .provisioning.companies import Founder, found, script_token
from .snapshots import snapshot_of
from .tickets import issue

CLAIMED = Failpoint("confirm.claimed")
FOUNDED = Failpoint("confirm.founded")
COMMITTED = Failpoint("confirm.committed")
WELCOMED = Failpoint("confirm.welcomed")
CODE_LIFE = timedelta(minutes=30)
CODE_TRIES = 5
LETTERS = 5
OPEN_FORMS = 5
LETTER_JOB = "job:tenants.letter"


@dataclass(frozen=True)
class Welcome:
    """What the confirmer gets: where to go, a token for scripts, a ticket for the browser."""

    host: str
    url: str
    token: str
    ticket: str


def free_slug(slug: str) -> str | None:
    """Why a subdomain cannot be had now, None when it can. In a control scope."""
    if wrong := slugs.wrong_shape(slug):
        return wrong
    taken = Company.objects.filter(slug=slug).exists()
    resting = ReleasedSlug.objects.filter(slug=slug, until__gt=timezone.now()).exists()
    return "Этот адрес уже занят" if taken or resting else None


def propose_free(name: str) -> str:
    """A free subdomain for a company's name; an empty string when nothing latin can be made of it."""
    base = slugs.propose(name)
    if len(base) < 3:
        base = f"{base}-team".strip("-") if base else ""
    candidates = [base, *(f"{base[:29]}-{number}" for number in range(2, 30))]
    return next((slug for slug in candidates if slug and free_slug(slug) is None), "")


@verb
def request_sign_up(
    *, email: str, company: str, slug: str, full_name: str, password: str, inn: str = "", address: str = ""
) -> SignUp:
    """Remember the form with the password hashed and promise the letter with the code. In a control scope.

    `address` is the client's, for the hourly limit. Errors: Invalid by field, SlowDown.
    """
    throttle.limit(
        "signup", address or "-", times=settings.SIGNUPS_PER_HOUR, seconds=3600,
        sentence="Слишком много регистраций с одного адреса. Попробуйте через час",
    )  # fmt: skip
    clean, errors = _check_form(
        email=email, company=company, slug=slug, full_name=full_name, inn=inn, password=password
    )
    if errors:
        raise Invalid(errors)
    throttle.limit(
        "signup-letter", clean["email"], times=LETTERS, seconds=3600,
        sentence="На этот адрес уже отправлено несколько писем. Проверьте почту или попробуйте через час",
    )  # fmt: skip
    row = SignUp.objects.create(**clean, expires_at=timezone.now() + CODE_LIFE)
    _promise_letter(row)
    return row


@verb
def send_again(*, email: str, sign_up: str = "") -> None:
    """Send the code again, at most five letters for one sign-up; silent when there is no such sign-up."""
    rows = _open_sign_ups(email.strip().lower()).select_for_update()[:OPEN_FORMS]
    row = next((row for row in rows if not sign_up or same(form_of(row), sign_up)), None)
    if row is None or row.letters >= LETTERS:
        return
    SignUp.objects.filter(pk=row.pk).update(letters=row.letters + 1, expires_at=timezone.now() + CODE_LIFE)
    throttle.forgive("signup-code", row.email, seconds=3600)
    _promise_letter(row)


def confirm(*, email: str, code: str, slug: str = "", sign_up: str = "") -> Welcome:
    """Make the company of a sign-up; repeated or concurrent confirmation gives the same company.

    `sign_up` (as `form_of` says) lets no other form of the same address be confirmed; without it the code chooses.
    Opens its own scopes: with an empty pool a schema is made first, which takes half a second.
    Errors: WrongCode, CodeDead, SlugTaken.
    """
    email = email.strip().lower()
    for _ in range(3):
        with control_scope():
            company = _confirm_once(email, code, slug, sign_up)
        if company is not None:
            COMMITTED.reach()
            welcome = _welcome(company, email)
            WELCOMED.reach()
            return welcome
        with control_scope():
            scripts = pool.scripts_for(registry.preset_modules())
        pool.make_ready(scripts, registry.preset_modules())
    raise CodeDead("Не удалось подготовить место для компании. Повторите через минуту")


def code_of(row: SignUp) -> str:
    """The six digits of a sign-up: computed, never stored."""
    number = int(hashlib.sha256(keyed_for("", "signup-code", row.pk, row.code_salt).encode()).hexdigest(), 16)
    return f"{number % 1_000_000:06d}"


def form_of(row: SignUp) -> str:
    """The name of one filled form, known to the browser that has sent it; says nothing of how many there were."""
    return keyed_for("", "signup-form", row.pk, row.code_salt)[:32]


def _confirm_once(email: str, code: str, slug: str, sign_up: str) -> Company | None:
    """The company, or None when the pool has no schema ready. In a control scope."""
    if throttle.count("signup-code", email, seconds=3600) > CODE_TRIES:
        raise CodeDead("Слишком много попыток. Запросите новый код")
    rows = _open_sign_ups(email).select_for_update(of=("self",))[:OPEN_FORMS]
    # Several forms may be open for one address; each code founds the company that its own letter named.
    begun = [row for row in rows if not sign_up or same(form_of(row), sign_up)]
    row = next((row for row in begun if same(code_of(row), code.strip())), None)
    if row is None:
        raise WrongCode()
    throttle.forgive("signup-code", email, seconds=3600)
    # Also for a company that is there already: a code must not open it as its owner for a day.
    if row.expires_at < timezone.now():
        raise CodeDead()
    if row.company_id:
        return Company.objects.get(pk=row.company_id)
    wanted = slug.strip().lower() or row.slug
    if (reason := free_slug(wanted)) is not None:
        raise SlugTaken(f"{reason}: «{wanted}»", proposed=propose_free(row.company_name))
    schema = pool.claim()
    if schema is None:
        return None
    CLAIMED.reach()
    company = _found(row, wanted, schema)
    # The company keeps the password's hash from now on; the registry forgets it.
    SignUp.objects.filter(pk=row.pk).update(company=company, password="")
    FOUNDED.reach()
    return company


def _found(row: SignUp, slug: str, schema) -> Company:
    founder = Founder(row.email, row.full_name, row.password)
    try:
        with transaction.atomic():
            return found(slug=slug, name=row.company_name, inn=row.inn, schema=schema, founder=founder)
    except IntegrityError as clash:
        if Company.objects.filter(slug=slug).exists():
            raise SlugTaken(proposed=propose_free(row.company_name)) from clash
        raise


def _welcome(company: Company, email: str) -> Welcome:
    snapshot = snapshot_of(company)
    with company_scope(snapshot):
        user = User.objects.filter(email=email).first()
        if user is None:
            raise CodeDead("Компания уже создана. Войдите в неё по своему адресу")
        token = script_token(user)
    host = f"{company.slug}.{settings.BASE_DOMAIN}{settings.ORIGIN_PORT}"
    ticket = issue(company.schema_name, email=email)
    return Welcome(host, f"{settings.PUBLIC_SCHEME}://{host}", token, ticket)


def _check_form(**form: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Clean values and errors by field, all at once."""
    clean: dict[str, str] = {"inn": form["inn"].strip(), "company_name": clean_line(form["company"])[:200]}
    errors: dict[str, list[str]] = {}
    readers = {
        "email": read_email,
        "full_name": lambda text: str(read_full_name(text)),
        "password": lambda text: hash_new(text, email=form["email"].strip().lower()),
    }
    for field, read in readers.items():
        try:
            clean[field] = read(form[field])
        except Invalid as wrong:
            errors |= wrong.errors
    if not clean["company_name"]:
        errors["company"] = ["Укажите название компании"]
    if clean["inn"] and not (clean["inn"].isdigit() and len(clean["inn"]) in (10, 12)):
        errors["inn"] = ["ИНН состоит из 10 или 12 цифр"]
    clean["slug"] = form["slug"].strip().lower()
    if reason := free_slug(clean["slug"]):
        errors["slug"] = [reason]
    return clean, errors


def _open_sign_ups(email: str):
    recent = timezone.now() - timedelta(days=1)
    return SignUp.objects.filter(email=email, created_at__gt=recent).order_by("-id")


def _promise_letter(row: SignUp) -> None:
    letter = ControlLetter.objects.create(kind=ControlLetter.Kind.CODE, email=row.email, sign_up=row)
    promise(LETTER_JOB, letter.pk)
