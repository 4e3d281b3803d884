"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import Read

PORTABLE = Portable(whole=(Read,))
