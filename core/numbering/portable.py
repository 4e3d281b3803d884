"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import NumberCounter, NumberMask, ReservedNumber

PORTABLE = Portable(whole=(NumberCounter, NumberMask, ReservedNumber))
