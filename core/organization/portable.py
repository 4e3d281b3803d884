"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import Department, Employee, Position

PORTABLE = Portable(whole=(Department, Employee, Position))
