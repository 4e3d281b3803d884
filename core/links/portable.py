"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import EntityLink

PORTABLE = Portable(whole=(EntityLink,))
