"""What personal data give the house: doors to have them, jobs that write and forget, the register of consents."""

from datetime import date, datetime

from core.events.bus import Reader, Told
from core.handover.registry import Stays
from core.identity.events import ConsentGiven
from core.jobs.registry import Job
from core.traits import Trait

from .actions import note_consent
from .events import PersonAnonymised, PersonDataAsked, PersonDataOpened
from .jobs import redact, write_person_file
from .models import Anonymisation, Consent, PersonFile
from .permissions import MANAGE_PERSONS
from .reads import CONSENTS_SHOWN, PERSON_TAKEN
from .rest.routes import routes


def _register(told: Told) -> None:
    given = told.payload
    note_consent(
        told.actor_id,
        version=date.fromisoformat(given["terms"]),
        given_at=datetime.fromisoformat(given["given_at"]),
        ip=given.get("ip", ""),
        way="signup",
    )


trait = Trait(
    code="privacy",
    routes=routes,
    facts=(PersonDataAsked, PersonDataOpened, PersonAnonymised),
    readers=(Reader("privacy.consents", (ConsentGiven.kind,), effect=_register),),
    jobs=(
        Job("privacy.write", write_person_file, time_limit=540),
        Job("privacy.redact", redact, time_limit=540),
    ),
    permissions=(MANAGE_PERSONS,),
    reads=(PERSON_TAKEN, CONSENTS_SHOWN),
    stays=(
        Stays(
            "a file about a person is there for days, for whoever asked",
            ((PersonFile, "author"), (PersonFile, "employee")),
        ),
        Stays("it tells for ever who took a name away", ((Anonymisation, "author"), (Anonymisation, "employee"))),
        Stays("what somebody agreed to is proved for ever", ((Consent, "principal"),)),
    ),
)
