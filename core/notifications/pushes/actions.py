"""Turning notices on in a browser, off, and trying them out."""

from uuid import uuid4

from django.db.models import Exists, OuterRef
from django.utils import timezone

from core import throttle
from core.access.actor import Actor
from core.context import current_company
from core.egress import EgressRefused
from core.errors import NotFound, NotSignedIn
from core.events.bus import emit
from core.gateways.queries import push_account
from core.gateways.webpush.client import checked_endpoint
from core.gateways.webpush.encryption import AUTH_BYTES, KeysUnreadable, from_base64url, point_of
from core.identity.models import Session
from core.outbox.queries import promise
from core.texts import clean_line
from core.verb import verb

from ..actions import SEND, notify
from ..errors import BrowserIsTaken, EndpointUnlikely, PushIsOff, PushKeysUnlikely
from ..events import BrowserLetGo, BrowserSubscribed
from ..kinds import BELL, PUSH, Notification
from ..models import Delivery, PushSubscription
from .queries import MOST, living, living_of

# Of one delivery: the only browser that it is for.
ONLY = "only"
TRIED = Notification(
    "notifications.push_tried", "Проверка уведомлений браузера", "Учётная запись", channels=(PUSH,), fixed=True
)
ENDED = Notification(
    "notifications.push_ended", "Уведомления браузера отключились", "Учётная запись", channels=(BELL,), fixed=True
)
_LONGEST_NAME = 60
_TRIALS, _TRIAL_SECONDS = 10, 600
_Status = Delivery.Status


@verb
def subscribe(
    *, endpoint: str, p256dh: str, auth: str, name: str, is_again: bool = False, by: Actor
) -> PushSubscription:
    """Have notices come in the browser that has subscribed so, while the session of the one who asks lives.

    The same browser again changes nothing but the session; one in which another person has turned them on is now the
    actor's, when it shows the same keys. `is_again`: it goes on after a new sign-in, unless it has been let go since.
    Errors: PushIsOff, EndpointUnlikely, PushKeysUnlikely, BrowserIsTaken; NotFound when there is nothing to go on with.
    """
    if push_account() is None:
        raise PushIsOff()
    _must_be_likely(endpoint, p256dh, auth)
    session = Session.objects.filter(pk=by.session_id or 0).first()
    if session is None:
        raise NotSignedIn()
    if is_again and not PushSubscription.objects.filter(endpoint=endpoint, principal=by.principal_id).exists():
        raise NotFound()
    stands = {"principal_id": by.principal_id, "session": session, "expires_at": session.expires_at}
    keys = {"p256dh": p256dh, "auth": auth, "name": clean_line(name)[:_LONGEST_NAME]}
    locked = PushSubscription.objects.select_for_update()
    row, is_new = locked.get_or_create(endpoint=endpoint, defaults={**stands, **keys})
    was = row.principal_id
    if was != by.principal_id and (row.p256dh, row.auth) != (p256dh, auth):
        raise BrowserIsTaken()
    if not is_new:
        for field, value in {**stands, **keys, "error": ""}.items():
            setattr(row, field, value)
        row.save()
    if is_new or was != by.principal_id:
        _let_oldest_go(row)
        emit(BrowserSubscribed(None, name=row.name), by=by)
    return row


@verb
def unsubscribe(subscription_id: int, *, by: Actor) -> None:
    """Let one of one's own browsers go; nothing more comes there. NotFound for anybody else's."""
    row = PushSubscription.objects.select_for_update().filter(pk=subscription_id, principal=by.principal_id).first()
    if row is None:
        raise NotFound()
    row.delete()
    emit(BrowserLetGo(None, name=row.name), by=by)


@verb
def try_out(subscription_id: int, *, by: Actor) -> None:
    """Have a word come in one of one's own browsers, at once. Errors: NotFound, SlowDown."""
    row = living_of(by.principal_id).filter(pk=subscription_id).first()
    if row is None:
        raise NotFound()
    throttle.limit("push-trial", str(by.principal_id), times=_TRIALS, seconds=_TRIAL_SECONDS)
    word = Delivery.objects.create(
        principal_id=by.principal_id,
        kind=TRIED.code,
        channel=PUSH,
        address=row.name,
        subject="Проверка: уведомления приходят",
        paragraphs=["Так будут выглядеть уведомления в этом браузере."],
        links=[["Открыть", "/settings/notifications"]],
        message_id=f"{current_company().schema}-push-trial-{uuid4()}",
        trace={ONLY: row.pk},
    )
    promise(SEND, word.pk)


@verb
def let_go(subscription_ids: list[int], *, principal_id: int) -> None:
    """Forget browsers that take nothing any more; whoever has none left reads of it in the product."""
    gone = PushSubscription.objects.filter(pk__in=subscription_ids, principal=principal_id)
    names = sorted(gone.values_list("name", flat=True))
    gone.delete()
    if not names or living_of(principal_id).exists():
        return
    notify(
        [principal_id],
        kind=ENDED,
        subject="Уведомления браузера отключились",
        paragraphs=[f"Больше не принимает: {', '.join(names)}. Включите уведомления в браузере заново."],
        link_path="/settings/notifications",
        key=f"push-ended-{max(subscription_ids)}",
    )


@verb
def remember_pushes(*, taken: list[int], refused: dict[int, str]) -> None:
    """Keep what the services of the browsers have said."""
    PushSubscription.objects.filter(pk__in=taken).update(used_at=timezone.now(), error="")
    for subscription_id, reason in refused.items():
        PushSubscription.objects.filter(pk=subscription_id).update(error=reason[:300])


def _must_be_likely(endpoint: str, p256dh: str, auth: str) -> None:
    try:
        checked_endpoint(endpoint)
    except EgressRefused as refusal:
        raise EndpointUnlikely(refusal.reason) from refusal
    try:
        point_of(from_base64url(p256dh))
        is_right = len(from_base64url(auth)) == AUTH_BYTES
    except KeysUnreadable as wrong:
        raise PushKeysUnlikely() from wrong
    if not is_right:
        raise PushKeysUnlikely()


def _let_oldest_go(kept: PushSubscription) -> None:
    """Keep this one, however old its row is, and of the others the newest whose sessions live."""
    others = PushSubscription.objects.filter(principal=kept.principal_id).exclude(pk=kept.pk)
    others = others.annotate(lives=Exists(living().filter(pk=OuterRef("pk")))).order_by("-lives", "-pk")
    PushSubscription.objects.filter(pk__in=list(others.values_list("pk", flat=True)[MOST - 1 :])).delete()
