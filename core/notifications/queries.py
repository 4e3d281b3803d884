"""Reading wishes, the bell, and which cards somebody may still hear of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.access.queries import visible
from core.context import current_company
from core.entities.models import Entity
from core.gateways.telegram.client import TelegramAccount
from core.identity.models import Principal
from core.options.queries import option
from core.organization.models import Employee
from core.registry import registry

from .choices import USUAL_LADDER, Wishes
from .kinds import BELL, CHANNELS, TELEGRAM
from .models import Delivery, Preference
from .options import NEVER_QUIET, QUIET, USUAL_REMINDERS, quiet_hours

# A bell with more than this says «99+».
MOST_COUNTED = 100


def preference_of(principal_id: int | None) -> Preference:
    """A person's row (None: the company's policy); an unsaved one with the defaults."""
    return Preference.objects.filter(principal=principal_id).first() or Preference(principal_id=principal_id)


def preferences_of(principal_ids: Iterable[int]) -> tuple[Preference, dict[int, Preference]]:
    """The company's policy and the rows of people who have one, in one query."""
    rows = list(Preference.objects.filter(Q(principal__in=list(principal_ids)) | Q(principal__isnull=True)))
    policy = next((row for row in rows if row.principal_id is None), Preference())
    return policy, {row.principal_id: row for row in rows if row.principal_id is not None}


def wishes_of(policy: Preference, row: Preference | None) -> Wishes:
    """The rules' view of two rows."""
    row = row or Preference()
    own = (row.quiet_from, row.quiet_to) if row.quiet_from is not None and row.quiet_to is not None else None
    quiet = own or quiet_hours(option(QUIET))
    return Wishes(
        policy=policy.choices,
        own=row.choices,
        mentions_only=row.mentions_only,
        muted=row.muted,
        quiet=None if quiet == NEVER_QUIET else quiet,
        digest=row.digest,
    )


def zone_of(principal_id: int) -> str:
    """By which zone moments are told to a person; empty where it is unknown."""
    return preference_of(principal_id).time_zone


def reminders_of(row: Preference | None) -> tuple[int, ...]:
    """Minutes before the due moment at which a person wants to be reminded."""
    if row is None or row.reminders is None:
        usual = option(USUAL_REMINDERS)
        return tuple(sorted(map(int, usual), reverse=True))
    return tuple(row.reminders)


def ladder_now() -> Mapping[str, int | None]:
    """The company's ladder: who of a card hears how many minutes after its due moment; None: never."""
    return ladder_of(preference_of(None))


def ladder_of(policy: Preference) -> Mapping[str, int | None]:
    """The ladder that a company's policy keeps."""
    return {**USUAL_LADDER, **(policy.ladder or {})}


def managers_of(principal_ids: Iterable[int]) -> dict[int, Principal]:
    """Principal → who he reports to: his manager, else the head of his department; one query."""
    rows = Employee.objects.filter(principal__in=set(principal_ids)).select_related(
        "manager__principal", "department__head__principal"
    )
    found = {}
    for row in rows:
        above = row.manager or (row.department.head if row.department else None)
        if above is not None and above.principal_id != row.principal_id and above.principal.is_active:
            found[row.principal_id] = above.principal
    return found


def bell_of(actor: Actor) -> QuerySet[Delivery]:
    return Delivery.objects.filter(principal=actor.principal_id, channel=BELL)


def heard_by(actor: Actor, rows: Iterable[Delivery]) -> list[Delivery]:
    """Those of the notices whose cards the actor may see now and whose modules are on; a query for each kind."""
    rows = list(rows)
    cards: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row.entity is not None:
            cards[row.entity.kind].add(row.entity.pk)
    seen: set[int] = set()
    for kind in registry.live_kinds(current_company().modules):
        if kind.code in cards and actor.may(kind.view):
            seen |= set(visible(actor, kind).filter(pk__in=cards[kind.code]).values_list("pk", flat=True))
    live = {what.code for what in registry.live_notifications(current_company().modules)}
    known = registry.notifications()
    return [
        row
        for row in rows
        if (row.entity_id is None or row.entity_id in seen) and (row.kind in live or row.kind not in known)
    ]


def unread_of(actor: Actor) -> int:
    """How many notices wait for the actor, up to `MOST_COUNTED`."""
    rows = bell_of(actor).filter(read_at__isnull=True).select_related("entity").order_by("-id")
    return len(heard_by(actor, rows[:MOST_COUNTED]))


def may_hear(principal: Principal, card: Entity, kind_code: str) -> bool:
    """Whether a person may see a card now; asked in the moment of sending."""
    kind = registry.kind(card.kind)
    if kind is None or card.is_trashed or kind not in registry.live_kinds(current_company().modules):
        return False
    live = {what.code for what in registry.live_notifications(current_company().modules)}
    if kind_code in registry.notifications() and kind_code not in live:
        return False
    actor = actor_of_principal(principal, door="job")
    return actor.may(kind.view) and visible(actor, kind).filter(pk=card.pk).exists()


def person_at(account: TelegramAccount, chat_id: int) -> Principal | None:
    """Who of the company has tied this chat with its bot to himself and may come in; one query."""
    tied = Preference.objects.filter(chat_id=chat_id, chat_scope=account.scope, principal__is_active=True)
    row = tied.select_related("principal__employee").first()
    return row.principal if row else None


def message_to(account: TelegramAccount, person: Principal, chat_id: int, number: int) -> Delivery | None:
    """What this bot has said to a person as the message `number` of his chat; by the index of such numbers.

    Every bot numbers its messages anew, and a private chat has the same id with all of them.
    """
    rows = Delivery.objects.filter(channel=TELEGRAM, principal=person.pk, trace__message=number)
    rows = rows.filter(trace__bot=account.bot_id)
    return rows.select_related("principal__employee", "entity").filter(address=str(chat_id)).order_by("-pk").first()


def sendings_of(card_id: int) -> QuerySet[Delivery]:
    """What has gone out about a card; the bell stays between the product and the person."""
    return Delivery.objects.filter(entity=card_id, channel__in=[name for name in CHANNELS if name != BELL])
