"""An own server with the network cable out: everything but outside exchanges works."""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from infra.env import ROOT
from tenants.licensing.rules import Licence, new_pair, signed
from tests.support.cluster import fresh_folder

# A network of its own with nothing in it but the loopback: whatever is called outside is refused by the kernel.
_ALONE = ["unshare", "--net", "--"]


def can_be_alone() -> bool:
    try:
        return subprocess.run([*_ALONE, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.committed
@pytest.mark.row("OP-05", "OP-02", "MN-05")
@pytest.mark.skipif(not can_be_alone(), reason="this machine lets nobody have a network of his own")
def test_with_the_cable_out_the_product_works(tmp_path: Path) -> None:
    private, public = new_pair()
    licence = Licence("Л-1", "ООО «Своя»", 10, None, date.today(), date.today() + timedelta(days=400))
    (tmp_path / "licence.json").write_text(signed(licence, private))
    variables = {
        "ONE_COMPANY": "svoya", "COMPANY_HOST": "localhost", "LICENCE_PUBLIC_KEY": public,
        "LICENCE_FILE": str(tmp_path / "licence.json"), "FOUNDER_PASSWORD": "dlinnyy-parol-1",
    }  # fmt: skip
    folder = fresh_folder(f"alone{os.getpid()}")
    command = f"ip link set lo up && exec {sys.executable} -m tests.infra.alone {folder}"
    done = subprocess.run(
        [*_ALONE, "sh", "-c", command], env=os.environ | variables, cwd=ROOT, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    assert "Л-1" in done.stdout and "ничего снаружи" in done.stdout
