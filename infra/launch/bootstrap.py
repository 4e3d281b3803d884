"""Prepares a bare checkout: `python3 infra/launch/bootstrap.py` installs what is missing, then ends.

Runs under whatever Python the machine has, with the standard library alone. This file keeps to
syntax of old versions, so that they can say what is wrong instead of failing to read it.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
if __name__ == "__main__":
    # The folder of this script must not hide modules of the standard library.
    sys.path[0] = ROOT

import shutil  # noqa: E402 - after the search path is set right
import subprocess  # noqa: E402

OLDEST = (3, 11)
NEWEST = (3, 14)


def use_fitting_python():
    """Go on under a fitting interpreter from PATH when this one is too old or too new."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)  # noqa: UP031 - old versions read it too
        # A version manager leaves names on PATH that lead nowhere.
        if found and subprocess.call([found, "-c", "pass"], stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found, *sys.argv])
    sys.exit(
        "Нужен Python от 3.11 до 3.14, а здесь {}.{}. "
        "Поставьте его (например: sudo apt install python3.11) "
        "и повторите: make run PYTHON=python3.11".format(*sys.version_info[:2])
    )


if __name__ == "__main__":
    use_fitting_python()

from infra.launch.installation import main  # noqa: E402 - only fitting versions can read it

if __name__ == "__main__":
    sys.exit(main())
