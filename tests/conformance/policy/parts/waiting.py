"""«Ждёт меня»: everybody's own queue."""

from ..calls import Maker, plain

COMPANY = """
GET    waiting/ | 401 200 200 200 200 401 401
GET    waiting/{code}/ | 401 200 200 200 200 401 401
"""

CALLS: dict[str, Maker] = {
    "GET waiting/": plain("waiting/"),
    "GET waiting/{code}/": plain("waiting/readings/"),
}
