"""Inviting colleagues by mail and by link, and accepting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core import throttle
from core.access.actions import givable_role
from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.access.seed import ALMIGHTY
from core.context import current_company
from core.errors import Invalid, NotFound, Refused, SlowDown
from core.events.bus import emit
from core.identity.attempts import Visitor
from core.identity.errors import AlreadyMember, InvitationDead
from core.identity.events import InvitationAccepted, InvitationRevoked, InvitationSent
from core.identity.models import Invitation, Session, User
from core.identity.names import read_email, read_full_name
from core.identity.passwords import hash_new
from core.identity.queries import lock_invitations
from core.identity.seats import take_seats
from core.identity.secrets import digest, keyed
from core.language.quotes import quoted
from core.notifications.actions import deliver_letter
from core.organization.actions import hire, let_in
from core.organization.models import Department
from core.organization.permissions import INVITE
from core.organization.queries import card_without_account
from core.verb import verb

from .epoch import card_of
from .recovery import send_proof
from .sessions import Opened
from .sign_in import enter

MAIL_LIFE = timedelta(days=7)
LETTERS_A_DAY = 500
# Within this time the same invitation is the same press of a button, or a colleague's at the same moment.
_A_MOMENT = timedelta(seconds=10)
_ACCEPTED_FROM_ONE_PLACE = 60
Kind = Invitation.Kind


@dataclass(frozen=True)
class Invited:
    """What became of one address: `outcome` is sent, again (a new letter instead of an old one), already (the very same
    invitation has gone out a moment ago) or member."""

    email: str
    outcome: str
    invitation: Invitation | None = None


@verb
def invite_by_mail(*, emails: list[str], role_code: str, department_id: int | None, by: Actor) -> list[Invited]:
    """Send each address an invitation for a week; whoever works here, or has just been invited so, is only told of.

    Invalid names each wrong address (`emails.2`), an unknown role or department; SeatsOver when not all find room.
    """
    _may_invite(role_code, department_id, by)
    wanted = _read_emails(emails)
    lock_invitations()
    members = set(User.objects.filter(email__in=wanted).values_list("email", flat=True))
    fresh = _just_sent(wanted, role_code, department_id)
    strangers = [email for email in wanted if email not in members and email not in fresh]
    if throttle.count("invitations", "all", seconds=86_400, number=len(strangers)) > LETTERS_A_DAY:
        raise SlowDown(f"За день можно разослать {LETTERS_A_DAY} приглашений. Остальных пригласите завтра или ссылкой")
    replaced = _withdraw(strangers)
    take_seats(len(strangers))
    sent = {email: _invite(Kind.MAIL, email, role_code, department_id, MAIL_LIFE, by) for email in strangers}
    for invitation in sent.values():
        _write_letter(invitation, by)
    outcomes = dict.fromkeys(strangers, "sent") | dict.fromkeys(replaced, "again") | dict.fromkeys(fresh, "already")
    outcomes |= dict.fromkeys(members, "member")
    return [Invited(email, outcomes[email], (sent | fresh).get(email)) for email in wanted]


@verb
def invite_by_link(*, role_code: str, department_id: int | None, days: int, by: Actor) -> Invitation:
    """Make a link by which any number of people may join for `days`; never as somebody who may do everything."""
    _may_invite(role_code, department_id, by)
    if role_code in ALMIGHTY:
        raise Invalid({"role": "Владельца и администратора пригласите письмом: ссылкой может воспользоваться любой"})
    # It keeps nobody a seat, but a link that lets nobody in would send people to a closed door.
    take_seats(1)
    return _invite(Kind.LINK, "", role_code, department_id, timedelta(days=days), by)


@verb
def revoke(invitation_id: int, *, by: Actor) -> None:
    """Make an invitation worthless; NotFound when it is not waiting any more."""
    by.must(INVITE)
    if not waiting().filter(pk=invitation_id).update(revoked_at=timezone.now()):
        raise NotFound()
    emit(InvitationRevoked(card_of(by.principal_id), invitation_id=invitation_id), by=by)


@verb
def accept(*, token: str, full_name: str, email: str, password: str, visitor: Visitor) -> Opened:
    """Join the company and come in. The address of a mailed invitation is the invited one and proved thereby;
    whoever comes by a link says his own and gets a letter to prove it. A card that waits for the invited address,
    made by an import, becomes his.

    Errors: InvitationDead, AlreadyMember, Invalid by field, SlowDown, SeatsOver.
    """
    throttle.limit("accept", visitor.network, times=_ACCEPTED_FROM_ONE_PLACE, seconds=3600)
    invitation = find(token, lock=True)
    is_mailed = invitation.kind == Kind.MAIL
    address = invitation.email if is_mailed else read_email(email)
    name = read_full_name(full_name)
    if User.objects.filter(email=address).exists():
        raise AlreadyMember()
    password_hash = hash_new(password, email=address)
    try:
        with transaction.atomic():
            card = card_without_account(address) if is_mailed else None
            employee = let_in(
                card, email=address, password_hash=password_hash, role_code=invitation.role_code
            ) if card else hire(
                name=name,
                email=address,
                password_hash=password_hash,
                email_verified=is_mailed,
                role_code=invitation.role_code,
                department_id=_department(invitation.department_id),
            )  # fmt: skip
    except IntegrityError as clash:
        raise AlreadyMember() from clash
    if is_mailed:
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())
    user = User.objects.select_related("principal").get(principal_id=employee.principal_id)
    person = actor_of_principal(user.principal, door="screen", user_id=user.pk)
    inviter = invitation.invited_by.name
    emit(InvitationAccepted(employee.ref, invitation_id=invitation.pk, inviter=inviter), by=person)
    if not is_mailed:
        send_proof(user)
    return enter(user, kind=Session.Kind.BROWSER, way="invitation", visitor=visitor)


def find(token: str, *, lock: bool = False) -> Invitation:
    """The living invitation of a token; InvitationDead otherwise, also when the inviter might not invite so today."""
    rows = Invitation.objects.select_related("invited_by__employee").filter(secret_hash=digest(token))
    rows = rows.filter(_LIVING, expires_at__gt=timezone.now(), invited_by__is_active=True)
    found = (rows.select_for_update(of=("self",), no_key=True) if lock else rows).first()
    if found is None:
        raise InvitationDead()
    inviter = actor_of_principal(found.invited_by, door="screen")
    try:
        inviter.must(INVITE)
        givable_role(found.role_code, department_id=found.department_id, by=inviter)
    except Refused as lost:
        raise InvitationDead() from lost
    return found


def waiting() -> QuerySet[Invitation]:
    """Invitations neither accepted nor revoked; those that have expired among them."""
    return Invitation.objects.filter(_LIVING)


def may_hand_out(invitation: Invitation, by: Actor) -> bool:
    """Whether somebody may see the address of an invitation: only if he could have sent it himself."""
    try:
        givable_role(invitation.role_code, department_id=invitation.department_id, by=by)
    except Refused:
        return False
    return by.may(INVITE)


def path_of(invitation: Invitation) -> str:
    """Where the invitation opens, on the company's host."""
    return f"/invite?token={_secret(invitation)}"


_LIVING = Q(accepted_at__isnull=True, revoked_at__isnull=True)


def _secret(invitation: Invitation) -> str:
    return keyed("invitation", invitation.nonce)


def _may_invite(role_code: str, department_id: int | None, by: Actor) -> None:
    by.must(INVITE)
    givable_role(role_code, department_id=department_id, by=by)
    if department_id is not None and _department(department_id) is None:
        raise Invalid({"department": "Такого отдела нет"})


def _department(department_id: int | None) -> int | None:
    """The department if it still stands."""
    return Department.objects.filter(pk=department_id or 0).values_list("pk", flat=True).first()


def _read_emails(emails: Iterable[str]) -> list[str]:
    """Clean addresses without repeats; Invalid points to each wrong one by its place in the list."""
    clean: dict[str, None] = {}
    errors: dict[str, list[str]] = {}
    for place, text in enumerate(emails):
        try:
            clean[read_email(text, field=f"emails.{place}")] = None
        except Invalid as wrong:
            errors |= wrong.errors
    if errors:
        raise Invalid(errors)
    return list(clean)


def _just_sent(emails: list[str], role_code: str, department_id: int | None) -> dict[str, Invitation]:
    """Invitations by which these addresses have been asked the very same a moment ago."""
    rows = waiting().filter(kind=Kind.MAIL, email__in=emails, role_code=role_code, department_id=department_id)
    return {found.email: found for found in rows.filter(created_at__gt=timezone.now() - _A_MOMENT)}


def _withdraw(emails: list[str]) -> set[str]:
    """Make older waiting invitations of these addresses worthless; which addresses had one."""
    rows = waiting().filter(kind=Kind.MAIL, email__in=emails)
    had = set(rows.select_for_update().values_list("email", flat=True))
    rows.update(revoked_at=timezone.now())
    return had


def _invite(kind: str, email: str, role_code: str, department_id: int | None, life: timedelta, by: Actor) -> Invitation:
    invitation = Invitation(
        kind=kind,
        email=email,
        role_code=role_code,
        department_id=department_id,
        invited_by_id=by.principal_id,
        expires_at=timezone.now() + life,
    )
    invitation.secret_hash = digest(_secret(invitation))
    invitation.save(force_insert=True)
    fact = InvitationSent(card_of(by.principal_id), invitation_id=invitation.pk, email=email, role_code=role_code)
    emit(fact, by=by)
    return invitation


def _write_letter(invitation: Invitation, by: Actor) -> None:
    name = quoted(current_company().name)
    deliver_letter(
        invitation.email,
        kind="identity.invitation",
        subject=f"Приглашение в {name}",
        paragraphs=(
            f"{by.name} приглашает вас работать вместе в {name}.",
            "Ссылка действует неделю и только для вас. Если вы не ждали приглашения, ничего делать не нужно.",
        ),
        links=[("Присоединиться", path_of(invitation))],
        key=f"invitation-{invitation.pk}",
    )
