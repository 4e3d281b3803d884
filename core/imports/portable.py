"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import Import

# The file itself is kept for a week and stays behind.
PORTABLE = Portable(whole=(Import,), objects={Import: ("storage_key",)})
