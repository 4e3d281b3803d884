"""Comments on cards."""

from ..calls import Maker, comment, task

COMPANY = """
@ initiator assignee watcher department other
GET    tasks/{card_id}/comments/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
POST   tasks/{card_id}/comments/ | 401 201/201/201/404/404 201/201/201/201/404 201 201 401 401

@ mine watched department other
PATCH  comments/{comment_id}/ | 401 200/403/404/404 200/403/403/404 403 403 401 401
DELETE comments/{comment_id}/ | 401 204/403/404/404 204/403/403/404 403 403 401 401
"""

CALLS: dict[str, Maker] = {
    "GET tasks/{card_id}/comments/": task("comments/"),
    "POST tasks/{card_id}/comments/": task("comments/", {"text": "Слово"}),
    "PATCH comments/{comment_id}/": comment({"text": "Иначе"}),
    "DELETE comments/{comment_id}/": comment(),
}
