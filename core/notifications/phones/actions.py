"""Proving that the number in one's card is one's own: a code goes there, and comes back by its owner's hands."""

import secrets

from django.db import transaction

from core import throttle
from core.access.actor import Actor
from core.context import current_company
from core.entities.locks import lock
from core.events.bus import emit
from core.gateways.errors import GatewayIsOff
from core.gateways.queries import sms_account
from core.identity.secrets import keyed, keyed_for, same
from core.language.quotes import quoted
from core.organization.models import Employee
from core.outbox.queries import promise
from core.verb import verb

from ..actions import SEND
from ..channels.metered import must_afford_sms
from ..errors import NoMobileNumber, PhoneCodeDead, PhoneCodeWrong, PhoneIsProved
from ..events import PhoneProved
from ..kinds import PHONE_CODE, SMS
from ..models import Delivery
from ..rules import is_mobile
from .rules import CODE_DIGITS, CODE_SECONDS, CODES_A_DAY, CODES_AN_HOUR, TOO_MANY, TOO_OFTEN, TRIES, words_of

_CODE = "phone-code"
_HOUR, _DAY = 3600, 86_400
_OFF = "SMS в компании не подключены. Их подключает администратор в настройках, раздел «Интеграции»"


@verb
def ask_code(*, by: Actor) -> None:
    """Send a code to the number of one's own card; the one before is good no longer.

    Errors: NoMobileNumber, PhoneIsProved, GatewayIsOff, SlowDown, and those of `must_afford_sms`.
    """
    employee = _own_card(by)
    if employee.has_proved_phone:
        raise PhoneIsProved()
    if sms_account() is None:
        raise GatewayIsOff(_OFF)
    must_afford_sms()
    number = employee.phone
    throttle.limit(_CODE, str(by.principal_id), times=CODES_AN_HOUR, seconds=_HOUR, sentence=TOO_OFTEN)
    # Somebody may register company after company to ring up one number.
    whose = keyed_for("global", "telephone", number)
    throttle.limit("phone-code-to", whose, times=CODES_A_DAY, seconds=_DAY, sentence=TOO_MANY, everywhere=True)
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    throttle.keep(_CODE, str(by.principal_id), _fingerprint(by, number, code), seconds=CODE_SECONDS)
    row = Delivery.objects.create(
        principal_id=by.principal_id,
        kind=PHONE_CODE,
        channel=SMS,
        address=number,
        subject="Код для номера",
        paragraphs=[words_of(code, quoted(current_company().name))],
        is_secret=True,
        message_id=f"{current_company().schema}-{PHONE_CODE}-{secrets.token_hex(8)}",
    )
    promise(SEND, row.pk)


@verb
def prove_phone(code: str, *, by: Actor) -> None:
    """Note that the number of one's own card is one's own; a second proof at the same moment finds it done.

    Errors: NoMobileNumber, PhoneCodeWrong, PhoneCodeDead.
    """
    employee = _own_card(by)
    if employee.has_proved_phone:
        return
    held = throttle.kept(_CODE, str(by.principal_id), tries=TRIES, seconds=CODE_SECONDS)
    if not held:
        raise PhoneCodeDead()
    if not same(held, _fingerprint(by, employee.phone, "".join(code.split()))):
        raise PhoneCodeWrong()
    # No version moves: nothing changes of what people write in the card.
    Employee.objects.filter(pk=employee.pk).update(phone_proved=employee.phone)
    emit(PhoneProved(employee.ref), by=by)
    transaction.on_commit(lambda: throttle.forget(_CODE, str(by.principal_id)))


def _own_card(by: Actor) -> Employee:
    """The card of the doer, locked, so that its number stays until the transaction ends."""
    card = Employee.objects.filter(principal=by.principal_id).first()
    if card is None or not is_mobile(card.phone):
        raise NoMobileNumber()
    employee = lock(card)
    if not is_mobile(employee.phone):
        raise NoMobileNumber()
    return employee


def _fingerprint(by: Actor, number: str, code: str) -> str:
    """What is kept instead of a code: without the key of the installation six digits would soon be guessed."""
    return keyed(_CODE, by.principal_id, number, code)
