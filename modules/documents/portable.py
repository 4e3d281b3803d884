"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import CaseFile, Document, DocumentTemplate, MinutesLine, Resolution, Sequel, TypeRules

PORTABLE = Portable(whole=(CaseFile, Document, DocumentTemplate, MinutesLine, Resolution, Sequel, TypeRules))
