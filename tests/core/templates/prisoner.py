"""What a hostile template would do if it could run something: run by test_safety in a process of its own."""

import os
import socket
import subprocess
import sys

from core.templates.work import shut_doors


def tried(deed) -> str:
    try:
        deed()
    except Exception as refusal:
        return type(refusal).__name__
    return "done"


if __name__ == "__main__":
    shut_doors()
    deeds = (
        lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
        lambda: subprocess.run(["true"], check=True),
        lambda: os.system("true"),
    )
    sys.stdout.write("\n".join(map(tried, deeds)))
