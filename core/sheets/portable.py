"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import Export

PORTABLE = Portable(left_out={Export: "lists written to files are kept for a day"}, objects={Export: ("storage_key",)})
