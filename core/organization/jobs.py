"""Work of the organization that nobody waits for."""

from core.access.loading import system_actor
from core.context import Company, company_scope
from core.jobs.registry import Job

from .actions import number_the_rest


def number(company: Company, _: int = 0) -> None:
    """Give a number to whoever was hired without one."""
    with company_scope(company):
        number_the_rest(by=system_actor())


# Woken once, by a migration.
numbering = Job("organization.numbers", number)
