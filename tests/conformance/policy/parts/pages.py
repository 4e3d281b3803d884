"""Documents and pages that stand apart, one's own card and the first screen."""

from ..calls import Maker, plain

COMPANY = """
GET    /healthz | 200 200 200 200 200 200 200
GET    /readyz | 200 200 200 200 200 200 200
GET    schema/ | 200 200 200 200 200 200 200
GET    /api/docs/ | 200 200 200 200 200 200 200
GET    /robots.txt | 200 200 200 200 200 200 200
GET    /manifest.webmanifest | 200 200 200 200 200 200 200
GET    /sw.js | 200 200 200 200 200 200 200
GET    /<page> | 200 200 200 200 200 200 200

GET    me/ | 401 200 200 200 200 401 401
GET    home/ | 401 200 200 200 200 401 401
"""

PUBLIC = """
GET    /healthz | 200
GET    /readyz | 200
GET    schema/ | 200
GET    /api/docs/ | 200
GET    /robots.txt | 200
GET    /manifest.webmanifest | 200
GET    /<page> | 200
"""

CALLS: dict[str, Maker] = {
    "GET /healthz": plain("/healthz"),
    "GET /readyz": plain("/readyz"),
    "GET schema/": plain("schema/"),
    "GET /api/docs/": plain("/api/docs/"),
    "GET /robots.txt": plain("/robots.txt"),
    "GET /manifest.webmanifest": plain("/manifest.webmanifest"),
    "GET /sw.js": plain("/sw.js"),
    "GET /<page>": plain("/tasks"),
    "GET me/": plain("me/"),
    "GET home/": plain("home/"),
}

PUBLIC_CALLS: dict[str, Maker] = {
    "GET /healthz": plain("/healthz"),
    "GET /readyz": plain("/readyz"),
    "GET schema/": plain("schema/"),
    "GET /api/docs/": plain("/api/docs/"),
    "GET /robots.txt": plain("/robots.txt"),
    "GET /manifest.webmanifest": plain("/manifest.webmanifest"),
    "GET /<page>": plain("/"),
}
