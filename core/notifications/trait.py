"""What notices give the house: the jobs that send them, the bell, everybody's wishes, the chat with the bot."""

from core.handover.registry import Stays
from core.jobs.registry import Job
from core.traits import Trait

from .channels.claiming import UNLINKED
from .chats.jobs import retell, untap
from .digests import send_digests
from .events import BrowserLetGo, BrowserSubscribed, ChatLinked, ChatUnlinked, PhoneProved, PolicyChanged
from .jobs import send_delivery, track_sms
from .mixin import Announced
from .models import Delivery, Preference, PushSubscription
from .options import OPTIONS
from .permissions import MANAGE_POLICY
from .pushes.actions import ENDED, TRIED
from .reminders import DUE_SOON, OVERDUE, REMIND, remind
from .rest.cards import CardNoticesView, MuteView
from .rest.routes import routes
from .rules import ATTEMPTS

trait = Trait(
    code="notifications",
    mixin=Announced,
    card_views=(("notices/", CardNoticesView), ("mute/", MuteView)),
    routes=routes,
    facts=(PolicyChanged, ChatLinked, ChatUnlinked, PhoneProved, BrowserSubscribed, BrowserLetGo),
    permissions=(MANAGE_POLICY,),
    options=OPTIONS,
    notifications=(DUE_SOON, OVERDUE, UNLINKED, TRIED, ENDED),
    jobs=(
        # One attempt more than the letter itself bears, so that it is the letter that is given up, with its reason.
        Job("notifications.send", send_delivery, time_limit=25, attempts=ATTEMPTS + 1, together=10),
        Job("notifications.track", track_sms, time_limit=25, together=10),
        Job("notifications.untap", untap, attempts=5),
        Job("notifications.retell", retell, attempts=5),
        Job("notifications.digest", send_digests, time_limit=60),
        Job(REMIND, remind, time_limit=60),
    ),
    stays=(
        Stays("it tells what he was told", ((Delivery, "principal"),)),
        Stays("his browsers are his own", ((PushSubscription, "principal"),)),
        Stays("how he wants to be told gives nobody work", ((Preference, "principal"),)),
    ),
)
