"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import IdempotentAnswer

PORTABLE = Portable(left_out={IdempotentAnswer: "answers to repeated requests are kept for a day"})
