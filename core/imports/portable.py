"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import Import

# The files themselves are kept for a week and stay behind.
PORTABLE = Portable(whole=(Import,), objects={Import: ("storage_key", "bad_key")})
