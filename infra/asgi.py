"""One port for both: HTTP through a fixed pool of WSGI threads, WebSockets through channels."""

import os
import sys
from typing import cast

from infra.cycles import go_on, rest

rest()

# isort: split
from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")

from infra.wsgi import application as wsgi  # Django starts here; what follows needs it

# isort: split
from core.realtime.socket import no_socket, sockets
from infra.bodies import WholeBodies
from infra.env import env
from infra.gate import wait_at_gate
from infra.turns import Turns
from tenants.middleware import whose

# Between two pieces of a request's body.
_PATIENCE_SECONDS = 15.0

# Each library has types of its own for the same PEP 3333.
_threads = WSGIMiddleware(cast(WSGIApp, wsgi), workers=env.web_threads)
_turns = Turns(_threads, slots=env.web_threads, whose=whose)
_http = WholeBodies(_turns, limit=env.request_body_mb * 1024 * 1024, patience=_PATIENCE_SECONDS)

# Whoever comes back from the database waits for the interpreter so long beside a thread that computes, a dozen times in
# a request. With Python's own 5 ms a neighbour of somebody busy is answered two or three times later than with one.
sys.setswitchinterval(0.001)
go_on()
wait_at_gate()


async def application(scope, receive, send) -> None:
    """Route by protocol; the lifespan protocol is answered by doing nothing."""
    if scope["type"] == "http":
        await _http(scope, receive, send)
    elif scope["type"] == "websocket":
        await (sockets if scope["path"] == "/ws/" else no_socket)(scope, receive, send)
    else:
        await _lifespan(receive, send)


async def _lifespan(receive, send) -> None:
    while True:
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return
