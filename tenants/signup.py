"""From the form to a working company: request, code by mail, confirmation."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from core import throttle
from core.context import company_scope, control_scope
from core.errors import Invalid
from core.failpoints import Failpoint
from core.identity.actions.sign_in import FOUNDING_LIFE, FOUNDING_TOKEN, enter
from core.identity.attempts import Visitor
from core.identity.models import Session, User
from core.identity.names import clean_line, read_email, read_full_name
from core.identity.passwords import hash_new, matches
from core.identity.secrets import keyed_for, same
from core.outbox.queries import promise
from core.registry import registry
from core.verb import verb

from . import slugs
from .errors import AlreadyFounded, CodeDead, OtherLetter, SeveralForms, SlugTaken, WrongCode
from .looks import Look, look, poses_as_service
from .models import Company, ControlLetter, Domain, ReleasedSlug, SignUp
from .provisioning import pool
from .provisioning.companies import Agreement, Founder, found
from .snapshots import snapshot_of
from .tickets import issue

CLAIMED = Failpoint("confirm.claimed")
FOUNDED = Failpoint("confirm.founded")
COMMITTED = Failpoint("confirm.committed")
WELCOMED = Failpoint("confirm.welcomed")
CODE_LIFE = timedelta(minutes=30)
# Whoever names his form has so many tries of its code; whoever does not, so many from one place and from everywhere.
CODE_TRIES, CODE_TRIES_OF_ALL = 5, 50
# Letters for one form; whoever cannot name it may not use up all of them.
LETTERS, LETTERS_UNNAMED = 5, 3
# Forms an hour for one address from one place and from everywhere.
FORMS, FORMS_OF_ALL = 5, 15
# An answer that was lost may be asked for again, as long as nobody has begun to work in the company.
RETRY = timedelta(minutes=2)
LETTER_JOB = "job:tenants.letter"
_NOWHERE = Visitor()


@dataclass(frozen=True)
class Welcome:
    """What the confirmer gets: where to go, a token for scripts, a ticket for the browser."""

    host: str
    url: str
    token: str
    ticket: str


def free_slug(slug: str, *, besides: int = 0) -> str | None:
    """Why a subdomain cannot be had now, None when it can. In a control scope.

    `besides` is the company that asks: it may be taken for itself.
    """
    if wrong := slugs.wrong_shape(slug):
        return wrong
    if poses_as_service(slug):
        return "Это имя похоже на адрес самого сервиса. Выберите другое"
    taken = Company.objects.filter(slug=slug).exists()
    resting = ReleasedSlug.objects.filter(slug=slug, until__gt=timezone.now()).exists()
    # A host that a company has left still leads to it.
    if taken or resting or Domain.objects.filter(domain=f"{slug}.{settings.BASE_DOMAIN}").exists():
        return "Этот адрес уже занят"
    twins = Company.objects.alias(look=Look("slug")).filter(look=look(slug)).exclude(pk=besides)
    return "Этот адрес слишком похож на адрес другой компании" if twins.exists() else None


def propose_free(name: str) -> str:
    """A free subdomain for a company's name; an empty string when nothing latin can be made of it."""
    base = slugs.propose(name)
    if len(base) < 3:
        base = f"{base}-team".strip("-") if base else ""
    candidates = [base, *(f"{base[:29]}-{number}" for number in range(2, 30))]
    return next((slug for slug in candidates if slug and free_slug(slug) is None), "")


@verb
def request_sign_up(
    *,
    email: str,
    company: str,
    slug: str,
    full_name: str,
    password: str,
    inn: str = "",
    address: str = "",
    terms: date | None = None,
) -> SignUp:
    """Remember the form with the password hashed and promise the letter with the code. In a control scope.

    `address` is the client's, for the hourly limit; `terms` the day of the texts that he has
    agreed to. Errors: Invalid by field, SlowDown.
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
    owner = clean["email"]
    for subject, times in ((f"{owner}:{Visitor(address).network}", FORMS), (owner, FORMS_OF_ALL)):
        throttle.limit(
            "signup-letter", subject, times=times, seconds=3600,
            sentence="На этот адрес уже отправлено несколько писем. Проверьте почту или попробуйте через час",
        )  # fmt: skip
    # Forms of one password share its hash: so many forms of one person are told from those of two.
    hashes = list(_unfounded(owner).order_by().values_list("password", flat=True).distinct()[:FORMS])
    clean["password"] = next((stored for stored in hashes if matches(password, stored)), clean["password"])
    agreed_from = address[:45] if terms else ""
    row = SignUp.objects.create(**clean, terms=terms, address=agreed_from, expires_at=timezone.now() + CODE_LIFE)
    _promise_letter(row)
    return row


@verb
def send_again(*, email: str, sign_up: str = "", visitor: Visitor) -> None:
    """Send the code of a form again, at most five letters in all; silent when there is no such form, and when none is
    named and there are several: nobody makes a stranger's letter the newest."""
    email = email.strip().lower()
    row = _named(_unfounded(email), sign_up) if sign_up else _only(_unfounded(email))
    row = _locked(row)
    if row is None or row.company_id or row.letters >= (LETTERS if sign_up else LETTERS_UNNAMED):
        return
    SignUp.objects.filter(pk=row.pk).update(letters=row.letters + 1, expires_at=timezone.now() + CODE_LIFE)
    throttle.forgive("signup-code", _tries_of(row) if sign_up else _place(email, visitor), seconds=3600)
    _promise_letter(row)


def confirm(*, email: str, code: str, slug: str = "", sign_up: str = "", visitor: Visitor = _NOWHERE) -> Welcome:
    """Make the company of a sign-up; concurrent confirmation, and its repetition for two minutes, give the same one.

    `sign_up` (as `form_of` says) lets no other form of the same address be confirmed. Without it the code chooses, but
    only while all forms of the address have one password: nobody founds a company with a password of a stranger.
    Opens its own scopes: with an empty pool a schema is made first, which takes half a second.
    Errors: WrongCode, OtherLetter, SeveralForms, CodeDead, AlreadyFounded, SlugTaken.
    """
    email = email.strip().lower()
    for _ in range(3):
        with control_scope():
            company = _confirm_once(email, code.strip(), slug, sign_up, visitor)
        if company is not None:
            COMMITTED.reach()
            welcome = _welcome(company, email, visitor)
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


def _confirm_once(email: str, code: str, slug: str, sign_up: str, visitor: Visitor) -> Company | None:
    """The company, or None when the pool has no schema ready. In a control scope."""
    chosen, counted = _chosen(email, code, sign_up, visitor)
    # Whoever waited for the lock finds the company that the other has made.
    row = _locked(chosen)
    if row is None:
        raise WrongCode()
    throttle.forgive("signup-code", counted, seconds=3600)
    if row.company_id:
        return _founded(row.company_id)
    # A form without a password has founded a company that is deleted by now.
    if row.expires_at < timezone.now() or not row.password:
        raise CodeDead()
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


def _chosen(email: str, code: str, sign_up: str, visitor: Visitor) -> tuple[SignUp, str]:
    """The form whose code it is, and the counter of tries it was counted on. Tries are counted before they are checked.

    A stranger can use up neither the tries of a form that he cannot name, nor those of another place.
    """
    named = _named(_recent(email), sign_up) if sign_up else None
    counted = _tries_of(named) if named else _place(email, visitor)
    if throttle.count("signup-code", counted, seconds=3600) > CODE_TRIES:
        raise CodeDead("Слишком много попыток. Запросите новый код")
    if named is None and throttle.count("signup-code-all", email, seconds=3600) > CODE_TRIES_OF_ALL:
        raise CodeDead("Слишком много попыток. Введите код на странице, где заполняли форму, или повторите через час")
    holder = next((row for row in _recent(email) if same(code_of(row), code)), None)
    if sign_up:
        if holder is None or named is None:
            raise WrongCode()
        if holder.pk != named.pk and not same(code_of(named), code):
            raise OtherLetter(_where_to_look(named, holder))
        return named, counted
    if holder is None:
        raise WrongCode()
    # A code that has founded its company already chooses nothing any more.
    if not holder.company_id and _are_of_several(_unfounded(email)):
        raise SeveralForms()
    return holder, counted


def _where_to_look(mine: SignUp, other: SignUp) -> str:
    if mine.slug == other.slug:
        return (
            "Код из другого письма: на этот адрес начали ещё одну такую регистрацию. "
            "Нажмите «Отправить ещё раз» и возьмите код из самого нового письма"
        )
    return f"Код из другого письма: откройте письмо, где указан адрес {host_of(mine.slug)}"


def _are_of_several(forms: QuerySet[SignUp]) -> bool:
    return forms.order_by().values("password").distinct().count() > 1


def _named(forms: QuerySet[SignUp], sign_up: str) -> SignUp | None:
    return next((row for row in forms if same(form_of(row), sign_up)), None)


def _only(forms: QuerySet[SignUp]) -> SignUp | None:
    found = list(forms[:2])
    return found[0] if len(found) == 1 else None


def _locked(row: SignUp | None) -> SignUp | None:
    return SignUp.objects.select_for_update(of=("self",)).filter(pk=row.pk if row else 0).first()


def _tries_of(row: SignUp) -> str:
    return f"form:{row.pk}"


def _place(email: str, visitor: Visitor) -> str:
    return f"{email}:{visitor.network}"


def _founded(company_id: int) -> Company:
    """The company of a form that is founded already: for a moment only, lest the code remain a way in."""
    company = Company.objects.get(pk=company_id)
    if company.created_at < timezone.now() - RETRY:
        raise _already(company)
    return company


def _already(company: Company) -> AlreadyFounded:
    return AlreadyFounded(f"Компания уже создана, войдите по адресу {host_of(company.slug)}")


def _found(row: SignUp, slug: str, schema) -> Company:
    agreed = Agreement(row.terms, row.created_at, row.address) if row.terms else None
    founder = Founder(row.email, row.full_name, row.password, agreed)
    try:
        with transaction.atomic():
            return found(slug=slug, name=row.company_name, inn=row.inn, schema=schema, founder=founder)
    except IntegrityError as clash:
        if Company.objects.filter(slug=slug).exists():
            raise SlugTaken(proposed=propose_free(row.company_name)) from clash
        raise


def _welcome(company: Company, email: str, visitor: Visitor) -> Welcome:
    """Let the founder in, unless he has changed how he comes in, or is out, since the company was founded."""
    with company_scope(snapshot_of(company)):
        user = User.objects.select_related("principal__employee").filter(email=email).first()
        if user is None or not _is_untouched(user):
            raise _already(company)
        opened = enter(
            user, kind=Session.Kind.TOKEN, way="signup", visitor=visitor, name=FOUNDING_TOKEN, life=FOUNDING_LIFE
        )
    ticket = issue(company.schema_name, email=email)
    host = host_of(company.slug)
    return Welcome(host, f"{settings.PUBLIC_SCHEME}://{host}", opened.secret, ticket)


def _is_untouched(founder: User) -> bool:
    changed = founder.password_changed_at is not None and founder.password_changed_at > founder.created_at
    return founder.principal.is_active and not founder.has_totp and not changed


def host_of(slug: str) -> str:
    """Where a company of this subdomain works."""
    return f"{slug}.{settings.BASE_DOMAIN}{settings.ORIGIN_PORT}"


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


def _recent(email: str) -> QuerySet[SignUp]:
    recent = timezone.now() - timedelta(days=1)
    return SignUp.objects.filter(email=email, created_at__gt=recent).order_by("-id")


def _unfounded(email: str) -> QuerySet[SignUp]:
    """Forms that may yet become a company; those whose code has expired among them: it may be sent again."""
    return _recent(email).filter(company__isnull=True).exclude(password="")


def _promise_letter(row: SignUp) -> None:
    letter = ControlLetter.objects.create(kind=ControlLetter.Kind.CODE, email=row.email, sign_up=row)
    promise(LETTER_JOB, letter.pk)
