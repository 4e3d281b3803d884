"""The worker process: Celery threads, the relay and the ticker together; `python -m infra.worker`."""

import os
import threading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infra.settings")

import django

django.setup()

from core.jobs.relay import relay_forever  # noqa: E402
from core.jobs.ticker import tick_forever  # noqa: E402
from infra.celery import app  # noqa: E402
from infra.env import env  # noqa: E402
from tenants.startup import refuse_mighty_role_apart  # noqa: E402


def main() -> None:
    """Run until SIGTERM; promises in hand are finished first."""
    refuse_mighty_role_apart()
    stop = threading.Event()
    threads = [threading.Thread(target=run, args=(stop,), daemon=True) for run in (relay_forever, tick_forever)]
    for thread in threads:
        thread.start()
    try:
        threads_of_celery = f"--concurrency={env.worker_threads}"
        quiet = ["--loglevel=warning", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        app.worker_main(["worker", "--pool=threads", threads_of_celery, *quiet])
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=5)


if __name__ == "__main__":
    main()
