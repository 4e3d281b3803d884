"""When a passing is to be reminded of, is due, goes further up. No database."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.formulas.values import Value
from core.organization.workdays import working_end

from .schemes import Escalation, Stage, StageKind

_HOUR = 60


@dataclass(frozen=True)
class Terms:
    due_at: datetime | None = None
    remind_at: datetime | None = None
    escalate_at: datetime | None = None

    def next_at(self, stage: Stage) -> datetime | None:
        """When something is to be done about the passing; being due alone asks for nothing but of a timer."""
        ends = self.due_at if stage.kind == StageKind.TIMER else None
        return min((at for at in (self.remind_at, self.escalate_at, ends) if at), default=None)


def terms(stage: Stage, opened_at: datetime, zone: str, values: dict[str, Value]) -> Terms:
    """Terms of a passing that opens now, in working hours of the company."""
    if stage.hours is None:
        return Terms(_until(stage, opened_at, zone, values)) if stage.kind == StageKind.TIMER else Terms()
    due = working_end(opened_at, stage.hours * _HOUR, zone)
    remind = working_end(opened_at, (stage.hours - stage.remind) * _HOUR, zone) if stage.remind else None
    escalates = stage.escalation != Escalation.NONE
    return Terms(due, remind, working_end(due, stage.escalate * _HOUR, zone) if escalates else None)


def _until(stage: Stage, opened_at: datetime, zone: str, values: dict[str, Value]) -> datetime:
    """The end of the day that the card names; at once where it names none, or one that has gone by."""
    day = values.get(stage.until)
    if not isinstance(day, date):
        return opened_at
    end = datetime.combine(day, time(0), ZoneInfo(zone)) + timedelta(days=1)
    return max(end.astimezone(opened_at.tzinfo), opened_at)
