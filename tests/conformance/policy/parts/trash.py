"""What was deleted and may come back."""

from ..calls import Call, Maker, known, plain
from ..scene import Scene

COMPANY = """
GET    trash/ | 401 200 200 200 200 401 401
@ initiator assignee watcher department other
POST   trash/restore/ | 401 204/403/404/404/404 204/403/404/204/404 204 204 401 401
"""


def _trashed(scene: Scene, caller: str, relation: str) -> Call:
    task = scene.task(known(caller), relation, in_trash=True)
    return Call("trash/restore/", {"ref": f"tasks.task/{task}"})


CALLS: dict[str, Maker] = {
    "GET trash/": plain("trash/"),
    "POST trash/restore/": _trashed,
}
