"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import CardFields, CardType, Field, FieldKey, FieldRight

PORTABLE = Portable(whole=(CardFields, CardType, Field, FieldKey, FieldRight))
