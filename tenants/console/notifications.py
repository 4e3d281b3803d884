"""What owners are told about the service's people: nobody comes into a company unseen."""

from core.access.models import RoleAssignment
from core.events.bus import Reader, Told
from core.identity.models import Principal
from core.notifications.actions import notify
from core.notifications.kinds import BELL, MAIL, Notification

from .events import CompanyRenamed, CompanyRestored, SupportCame, SupportChanges

SUPPORT = Notification("console.support", "Поддержка в компании", "Компания", channels=(BELL, MAIL), fixed=True)
_OWNER = "owner"
_SENTENCES = {
    SupportCame.kind: "Поддержка вошла в компанию",
    SupportChanges.kind: "Поддержка включила изменения",
    CompanyRenamed.kind: "Адрес компании изменён",
    CompanyRestored.kind: "Работа компании возобновлена",
}
_ADVICE = "Что она делала и как закрыть доступ, показано в настройках: «Доступ поддержки»."


def tell_owners(told: Told) -> None:
    """A letter and a line of the bell to each owner."""
    owners = RoleAssignment.objects.filter(role__code=_OWNER).values_list("principal_id", flat=True)
    who = Principal.objects.values_list("name", flat=True).get(pk=told.actor_id)
    because = told.payload.get("reason")
    notify(
        owners,
        kind=SUPPORT,
        subject=_SENTENCES[told.kind],
        paragraphs=(f"{_SENTENCES[told.kind]}: {who}{f' ({because})' if because else ''}.", _ADVICE),
        link_path="/settings/support",
        fact_id=told.id,
    )


reader = Reader("console.support", tuple(_SENTENCES), effect=tell_owners)
