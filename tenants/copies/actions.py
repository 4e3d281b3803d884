"""What people do with the copies of their company."""

from zoneinfo import ZoneInfo

from core.access.actions import must_be_owner
from core.access.actor import Actor
from core.errors import NotFound
from core.events.bus import emit
from core.language.quotes import quoted
from core.notifications.actions import notify
from core.takeout.queries import owners
from core.verb import verb
from tenants.events import CopyTaken
from tenants.models import Company, CompanyCopy
from tenants.permissions import MANAGE_COPIES
from tenants.queries import locked
from tenants.snapshots import inside

from .notifications import TAKEN


@verb
def take_copy(schema: str, copy_id: int, *, by: Actor) -> CompanyCopy:
    """Give out a copy to be downloaded by an owner who has proved himself; the history and a letter to all owners say
    who has taken which. In a control scope.

    Errors: Forbidden, OwnersOnly, NotFound.
    """
    by.must(MANAGE_COPIES)
    company = locked(schema)
    with inside(company):
        must_be_owner(by)
    found = CompanyCopy.objects.filter(company=company, pk=copy_id).first()
    if found is None:
        raise NotFound()
    with inside(company):
        fact = emit(CopyTaken(None, made_at=found.made_at.isoformat()), by=by)
        _tell(company, found, fact, by)
    return found


def _tell(company: Company, found: CompanyCopy, fact_id: int, by: Actor) -> None:
    local = found.made_at.astimezone(ZoneInfo(company.time_zone))
    notify(
        owners(),
        kind=TAKEN,
        subject=f"Скачана ночная копия данных {quoted(company.name)}",
        paragraphs=(
            f"Копию от {local:%d.%m.%Y %H:%M} скачал(а) владелец: {by.name}.",
            "В ней все данные компании, кроме паролей и ключей. Кто и когда их скачивал: «Настройки → Журнал чтений».",
            "Если никто из владельцев этого не делал, смените пароли и напишите нам.",
        ),
        link_path="/settings/reads",
        fact_id=fact_id,
        reason="вы владелец компании",
    )
