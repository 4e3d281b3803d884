"""Letters to a person about what happened to his own account, so that a stranger's doing does not pass unseen."""

from core.context import current_company
from core.events.bus import Reader, Told
from core.language.quotes import quoted
from core.notifications.actions import notify
from core.notifications.kinds import BELL, MAIL, Notification
from core.notifications.moments import open_moment

from .events import EmailChanged, PasswordChanged, RecoveryCodeUsed, SignedIn, TotpTurnedOff, TotpTurnedOn

ALERT = Notification("identity.alert", "Вход и безопасность", "Учётная запись", channels=(BELL, MAIL), fixed=True)
_SENTENCES = {
    SignedIn.kind: "Вход с нового устройства или адреса",
    PasswordChanged.kind: "Пароль изменён",
    EmailChanged.kind: "Адрес входа изменён",
    TotpTurnedOn.kind: "Вход по коду включён",
    TotpTurnedOff.kind: "Вход по коду выключен",
    RecoveryCodeUsed.kind: "Вход по запасному коду",
}
_ADVICE = "Если это были не вы, смените пароль и завершите чужие сеансы в настройках безопасности."


def tell_owner_of_account(told: Told) -> None:
    """Write a letter about a fact of sign-in; ordinary sign-ins are not worth one."""
    if told.kind == SignedIn.kind and not told.payload["unusual"]:
        return
    sentence = _SENTENCES[told.kind]
    company = current_company()
    place = f", адрес {told.payload['ip']}" if told.payload.get("ip") else ""
    notify(
        [told.actor_id],
        kind=ALERT,
        subject=f"{sentence}: {quoted(company.name)}",
        paragraphs=(f"{sentence}: {open_moment(told.at)}{place}.", _ADVICE),
        link_path="/settings/security",
        fact_id=told.id,
    )


reader = Reader("identity.alert", tuple(_SENTENCES), effect=tell_owner_of_account)
