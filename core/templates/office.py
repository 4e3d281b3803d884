"""An office suite asked for a PDF, where there is one: `python -m core.templates.office <suite> <form>`.

The document has been looked through before (rules/package.py), and what was put in is words. The suite runs with a
profile of its own in a folder that is thrown away, limited like everything that strangers' files are given to.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from core.apart import confine

_NAMES = ("soffice", "libreoffice")
# A suite maps gigabytes that it never touches.
_MEMORY, _SECONDS, _WALL = 6 * 1024**3, 60, 50


def suite() -> str:
    """Where the installation has one; empty without."""
    return next((found for name in _NAMES if (found := shutil.which(name))), "")


def main(program: str, form: str) -> None:
    """Turn the document on stdin into a PDF on stdout; ends with 3 when the suite has made none."""
    confine(memory=_MEMORY, seconds=_SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"document.{form}"
        source.write_bytes(sys.stdin.buffer.read())
        done = subprocess.run(
            [program, "--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{folder}/profile",
             "--convert-to", "pdf", "--outdir", folder, str(source)],
            env={"HOME": folder, "PATH": os.defpath}, capture_output=True, timeout=_WALL, check=False,
        )  # fmt: skip
        made = source.with_suffix(".pdf")
        if not made.exists():
            sys.stderr.write(done.stderr.decode("utf-8", "replace")[-300:])
            sys.exit(3)
        sys.stdout.buffer.write(made.read_bytes())


if __name__ == "__main__":
    main(*sys.argv[1:3])
