"""What comes by itself while processes are killed: plans that make cards, and reminders of due moments."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from infra.launch.product import Product
from tests.support.standing import schema_of, superuser

from .monkey import Program

PACE = 4.0
# So many minutes of one plan, each a card; the points that each card takes over from its template.
MOMENTS = 5
POINTS = ("Раз", "Два")
# How long after they are given tasks are due, or to be reminded of; the usual reminder comes an hour before.
SOON, REMINDED = timedelta(seconds=5), timedelta(minutes=60)
_BACK_SECONDS = 60.0
_SET_BACK = (
    "UPDATE recurrence_recurrence SET last_at = %(first)s::timestamptz - interval '1 minute', next_at = %(first)s"
    " WHERE entity_id = %(template)s AND last_at > %(last)s"
)
_WAKE = (
    "INSERT INTO public.wakeups (company, kind, due_at) VALUES (%(schema)s, 'recurrence.tick', now())"
    " ON CONFLICT (company, kind) DO UPDATE SET due_at = LEAST(wakeups.due_at, now())"
)


class Planner(Program):
    """Makes templates with a plan of some minutes that have just passed, and gives tasks that will soon be due."""

    def run(self) -> None:
        while not self.stop.wait(PACE):
            if not self._plan():
                return
            for after in (SOON, SOON + REMINDED):
                due = (datetime.now(UTC) + after).isoformat()
                task = self.until_answered("tasks/", {"title": "К сроку", "assignee": self.assignee, "due_at": due})
                if task is None:
                    return
                self.ledger.soon.append(task["id"])

    def _plan(self) -> bool:
        """Whether a template was made with all that its cards carry, and its clock set back."""
        made = self.until_answered("task-templates/", {"title": "Обход", "assignees": [self.assignee]})
        if made is None:
            return False
        path = f"task-templates/{made['id']}/"
        points = {"points": [{"text": text} for text in POINTS]}
        moments = passed(zone_of(self.product, self.slug))
        if self.until_answered(f"{path}checklist/", points) is None:
            return False
        if self.until_answered(f"{path}recurrence/", plan_of(moments), "PUT") is None:
            return False
        self.ledger.plans[made["id"]] = moments
        set_back(self.product, self.slug, made["id"], moments)
        return True


def passed(zone: ZoneInfo) -> list[datetime]:
    """Minutes of one day on the wall that have passed, far enough for none of them to come round by itself."""
    last = datetime.now(zone).replace(second=0, microsecond=0) - timedelta(minutes=10)
    while last.date() != (last - timedelta(minutes=MOMENTS)).date():
        last -= timedelta(minutes=1)
    return [last - timedelta(minutes=back) for back in reversed(range(MOMENTS))]


def plan_of(moments: list[datetime]) -> dict[str, Any]:
    """A plan of these minutes, which ends with them."""
    plan = {
        "every": "minutes",
        "starts_on": f"{moments[0]:%Y-%m-%d}",
        "opens": f"{moments[0]:%H:%M}",
        "closes": f"{moments[-1]:%H:%M}",
    }
    return {"plan": plan, "catch_up": "all", "one_open": False, "most": len(moments)}


def zone_of(product: Product, slug: str) -> ZoneInfo:
    """The zone that a company lives by."""
    asked = "SELECT time_zone FROM tenants_company WHERE slug = %s"
    return ZoneInfo(_until_done(product, slug, [(asked, [slug])])[0])


def set_back(product: Product, slug: str, template: int, moments: list[datetime]) -> None:
    """Let a plan that has come to now stand before its first minute again, once."""
    told = {"template": template, "first": moments[0], "last": moments[-1]}
    _until_done(product, slug, [(_SET_BACK, told), (_WAKE, told)])


def _until_done(product: Product, slug: str, statements: list[tuple[str, Any]]) -> Any:
    """The first row that the statements give, in one transaction; the server is waited for when it is killed."""
    deadline = time.monotonic() + _BACK_SECONDS
    while True:
        try:
            with superuser(product) as connection, connection.transaction():
                schema = schema_of(connection, slug)
                connection.execute(f'SET LOCAL search_path = "{schema}", public')
                found = None
                for statement, told in statements:
                    more = {"schema": schema} if isinstance(told, dict) else {}
                    cursor = connection.execute(statement, {**told, **more} if more else told)
                    found = cursor.fetchone() if cursor.description and found is None else found
                return found
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
