"""The worker process: Celery threads, the relay, the ticker and the pulse together; `python -m infra.worker`."""

import os
import signal
import sys
import threading
import warnings
from types import FrameType

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")

import django

django.setup()

from celery.exceptions import SecurityWarning  # noqa: E402
from prometheus_client import start_http_server  # noqa: E402

from core.jobs.pulse import pulse_forever  # noqa: E402
from core.jobs.relay import relay_forever  # noqa: E402
from core.jobs.ticker import tick_forever  # noqa: E402
from infra.celery import app  # noqa: E402
from infra.env import env  # noqa: E402
from infra.gate import wait_at_gate  # noqa: E402
from infra.vital import VitalThreads  # noqa: E402
from tenants.startup import refuse_mighty_role_apart  # noqa: E402

# Work in hand gets this long to end when the process must; whatever is cut off is leased anew.
_LAST_SECONDS = 20.0
_YIELDS = 5


def main() -> int:
    """Run until SIGTERM, promises in hand finished first, or until a vital thread dies: 1, to be started again."""
    refuse_mighty_role_apart()
    wait_at_gate()
    # Where web processes share the machine with us, whoever waits at a screen goes before a file that is written.
    os.nice(_YIELDS)
    # It warns of root because of pickled messages; ours are signed JSON, and in a container root is usual.
    warnings.filterwarnings("ignore", category=SecurityWarning)
    if env.worker_metrics_port:
        start_http_server(env.worker_metrics_port)
    vital = VitalThreads({"pulse": pulse_forever, "relay": relay_forever, "ticker": tick_forever}, on_death=_end_soon)
    # Until Celery has set its own: whoever stops us while we start is heard as well.
    signal.signal(signal.SIGTERM, _leave)
    vital.start()
    try:
        _work()
    finally:
        vital.stop()
    return 1 if vital.dead else 0


def _work() -> None:
    threads_of_celery = f"--concurrency={env.worker_threads}"
    calm = ["--loglevel=warning", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    try:
        app.worker_main(["--quiet", "worker", "--pool=threads", threads_of_celery, *calm])
    except SystemExit:
        # This is how Celery ends; which code we end with is said by main.
        return


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _end_soon() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    late = threading.Timer(_LAST_SECONDS, _end_now)
    late.daemon = True
    late.start()


def _end_now() -> None:
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
