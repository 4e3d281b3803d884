"""Lists in other shapes: boards, calendars, diagrams of time, workload."""

from ..calls import Maker, plain

COMPANY = """
GET    tasks/board/ | 401 200 200 200 200 401 401
GET    tasks/calendar/ | 401 200 200 200 200 401 401
GET    tasks/timeline/ | 401 200 200 200 200 401 401
GET    tasks/workload/ | 401 200 200 200 200 401 401
GET    employees/board/ | 401 200 200 200 200 401 401
"""

_NOVEMBER = {"from": "2026-11-01", "to": "2026-11-30"}

CALLS: dict[str, Maker] = {
    "GET tasks/board/": plain("tasks/board/", params={"by": "status"}),
    "GET tasks/calendar/": plain("tasks/calendar/", params=_NOVEMBER),
    "GET tasks/timeline/": plain("tasks/timeline/", params=_NOVEMBER),
    "GET tasks/workload/": plain("tasks/workload/"),
    "GET employees/board/": plain("employees/board/", params={"by": "department"}),
}
