"""Runs as `python -I -S leash.py <json>`: becomes another program that does not outlive its parent.

The parent-death signal must be set between fork and exec, and after the change of user (the kernel
forgets it there). Doing that in `preexec_fn` is unsafe once the parent has threads, so a fresh
interpreter does it and then replaces itself; the process id stays the same.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
PARENT_IS_GONE = 75


def leashed(
    argv: list[str],
    *,
    death_signal: signal.Signals,
    uid: int | None = None,
    gid: int | None = None,
    folders: dict[int, str] | None = None,
) -> list[str]:
    """Return the command line that runs `argv` on a leash held by the calling thread.

    `uid`/`gid` change the user first (root only). `folders` maps descriptor numbers to folders
    opened before that change, so that the program reaches them as `/proc/self/fd/<number>` even
    when a closed parent folder would stop its user.
    """
    order = {
        "argv": [str(part) for part in argv],
        "parent": os.getpid(),
        "signal": int(death_signal),
        "uid": uid,
        "gid": gid,
        "folders": folders or {},
    }
    return [sys.executable, "-I", "-S", os.path.abspath(__file__), json.dumps(order)]


def main(order: dict) -> None:
    """Open the folders, change the user, tie the leash, become the program."""
    for number, path in order["folders"].items():
        opened = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        os.dup2(opened, int(number), inheritable=True)
    if order["uid"] is not None:
        os.setgroups([])
        os.setresgid(order["gid"], order["gid"], order["gid"])
        os.setresuid(order["uid"], order["uid"], order["uid"])
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, order["signal"], 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    # The parent may have died before the call above: then nobody will ever send the signal.
    if os.getppid() != order["parent"]:
        sys.exit(PARENT_IS_GONE)
    os.execvpe(order["argv"][0], order["argv"], os.environ)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
