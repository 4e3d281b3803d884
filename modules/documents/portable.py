"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import CaseFile, Document, DocumentTemplate, Resolution, TypeRules

PORTABLE = Portable(whole=(CaseFile, Document, DocumentTemplate, Resolution, TypeRules))
