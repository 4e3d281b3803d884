"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import Facsimile, PrintTemplate, Wording

PORTABLE = Portable(whole=(Facsimile, PrintTemplate, Wording))
