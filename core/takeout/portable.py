"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import Takeout

PORTABLE = Portable(
    left_out={Takeout: "an archive of the company is kept for days and is not packed into the next one"},
    objects={Takeout: ("storage_key",)},
)
