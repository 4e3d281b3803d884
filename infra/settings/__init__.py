"""Settings of Django, composed of one file per concern; values from outside come through `infra.env` only."""

from infra.settings.apps import *  # noqa: F403
from infra.settings.database import *  # noqa: F403
from infra.settings.http import *  # noqa: F403
from infra.settings.jobs import *  # noqa: F403
from infra.settings.logs import *  # noqa: F403
from infra.settings.outside import *  # noqa: F403
from infra.settings.rest import *  # noqa: F403
