"""The search."""

from ..calls import Maker, plain

COMPANY = """
GET    search/ | 401 200 200 200 200 401 401
GET    search/cards/ | 401 200 200 200 200 401 401
GET    search/numbers/ | 401 200 200 200 200 401 401
"""

CALLS: dict[str, Maker] = {
    "GET search/": plain("search/", params={"q": "договор"}),
    "GET search/cards/": plain("search/cards/", params={"refs": "tasks.task/1"}),
    "GET search/numbers/": plain("search/numbers/", params={"numbers": "1,З-2", "near": "tasks.task"}),
}
