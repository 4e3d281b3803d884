"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import Entity, OwnStatus, Participant

PORTABLE = Portable(whole=(Entity, OwnStatus, Participant))
