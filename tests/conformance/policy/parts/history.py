"""Histories of cards."""

from ..calls import Maker, card, task

COMPANY = """
@ own department other
GET    employees/{card_id}/history/ | 401 200/200/200 200/200/200 200 200 401 401

@ initiator assignee watcher department other
GET    tasks/{card_id}/history/ | 401 200/200/200/404/404 200/200/200/200/404 200 200 401 401
"""

CALLS: dict[str, Maker] = {
    "GET employees/{card_id}/history/": card("history/"),
    "GET tasks/{card_id}/history/": task("history/"),
}
