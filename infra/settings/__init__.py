"""Settings of Django, composed of one file per concern; values from outside come through `infra.env` only."""

from infra.settings.apps import *
from infra.settings.database import *
from infra.settings.http import *
from infra.settings.jobs import *
from infra.settings.logs import *
from infra.settings.outside import *
from infra.settings.own import *
from infra.settings.rest import *
