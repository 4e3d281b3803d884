"""What the gateways give the house: accounts at outside services and their state."""

from core.jobs.registry import Job
from core.storage import tell_troubles_to
from core.traits import Trait

from .events import GatewayChanged
from .jobs import check_gateway, set_shared_webhooks
from .permissions import MANAGE
from .rest.routes import routes
from .store.hearing import hear

_EVERY = 600
tell_troubles_to(hear)

trait = Trait(
    code="gateways",
    routes=routes,
    facts=(GatewayChanged,),
    permissions=(MANAGE,),
    jobs=(
        Job("gateways.check", check_gateway, time_limit=30, attempts=3),
        Job("gateways.webhooks", set_shared_webhooks, control=True, time_limit=30, attempts=3, every=_EVERY),
    ),
)
