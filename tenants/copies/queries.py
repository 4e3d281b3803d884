"""Finding the copy of a day and taking it out of the store."""

from pathlib import Path
from zoneinfo import ZoneInfo

from core.context import Company, control_scope
from core.storage import CompanyStore
from tenants.models import CompanyCopy


def copies_of(company: Company) -> list[CompanyCopy]:
    """Copies that are kept, the newest first."""
    with control_scope():
        return list(CompanyCopy.objects.filter(company=company.id).order_by("-made_at"))


def days_of_copies(company: Company) -> list[str]:
    """Days of the copies by the company's clock, the newest first."""
    return list(dict.fromkeys(_day(company, row) for row in copies_of(company)))


def bring_copy(company: Company, day: str, path: Path) -> bool:
    """Write the last copy of a day to a file; False when there is none."""
    row = next((row for row in copies_of(company) if _day(company, row) == day), None)
    if row is None:
        return False
    store = CompanyStore(company.schema)
    with path.open("wb") as target:
        for block in store.stream(row.copy_key)[1]:
            target.write(block)
    return True


def _day(company: Company, row: CompanyCopy) -> str:
    return f"{row.made_at.astimezone(ZoneInfo(company.time_zone)):%Y-%m-%d}"
