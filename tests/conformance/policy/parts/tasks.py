"""Tasks; the tools of their cards have parts of their own."""

from ..calls import Call, Maker, plain, task

COMPANY = """
GET    tasks/ | 401 200 200 200 200 401 401
POST   tasks/ | 401 201 201 201 201 401 401
GET    tasks/counts/ | 401 200 200 200 200 401 401
@ initiator assignee watcher department other
GET    tasks/{card_id}/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
PATCH  tasks/{card_id}/ | 401 200/403/403/404/404 200/403/403/200/404 200 200 401 401
DELETE tasks/{card_id}/ | 401 204/403/403/404/404 204/403/403/204/404 204 204 401 401
POST   tasks/{card_id}/restore/ | 401 200/403/404/404/404 200/403/404/200/404 200 200 401 401
POST   tasks/{card_id}/do/{deed}/ #accept | 401 403/200/403/404/404 403/200/403/403/404 403 403 401 401
POST   tasks/{card_id}/do/{deed}/ #cancel | 401 200/403/403/404/404 200/403/403/200/404 200 200 401 401
PUT    tasks/{card_id}/co-assignees/ | 401 200/200/403/404/404 200/200/403/200/404 200 200 401 401
"""

CALLS: dict[str, Maker] = {
    "GET tasks/": plain("tasks/"),
    "POST tasks/": lambda s, c, r: Call("tasks/", {"title": "Новая", "assignee": s.people["seller"].id}),
    "GET tasks/counts/": plain("tasks/counts/"),
    "GET tasks/{card_id}/": task(),
    "PATCH tasks/{card_id}/": task(body={"title": "Иначе"}),
    "DELETE tasks/{card_id}/": task(),
    "POST tasks/{card_id}/restore/": task("restore/", in_trash=True),
    "POST tasks/{card_id}/do/{deed}/ #accept": task("do/accept/"),
    "POST tasks/{card_id}/do/{deed}/ #cancel": task("do/cancel/"),
    "PUT tasks/{card_id}/co-assignees/": task("co-assignees/", lambda s: {"co_assignees": [s.people["neighbour"].id]}),
}
