"""What `make sabotage` spoils stands where it says."""

from tests.rows import ROOT
from tests.sabotage.faults import FAULTS


def test_every_fault_can_still_be_put_in():
    gone = [fault.name for fault in FAULTS if fault.old not in (ROOT / fault.file).read_text(encoding="utf-8")]
    assert gone == []
