"""What the search gives the house: a document of each card, kept by a reading of every fact, and a door to ask."""

from core.jobs.registry import Job
from core.traits import Trait

from .jobs import ALL, MANY, index_all, index_many, reader
from .rest.routes import routes

trait = Trait(
    code="search",
    routes=routes,
    readers=(reader,),
    jobs=(Job(MANY, index_many, time_limit=540), Job(ALL, index_all, time_limit=540)),
)
