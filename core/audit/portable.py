"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import Restatement, Seal

_WHY = "seals are set by a key of this installation; the next one sets its own"
PORTABLE = Portable(left_out={Seal: _WHY, Restatement: _WHY})
