"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import FieldLimit, Grant, Role, RoleAssignment

PORTABLE = Portable(whole=(FieldLimit, Grant, Role, RoleAssignment))
