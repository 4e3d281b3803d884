"""The live socket."""


async def sockets(scope, receive, send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 4404})
