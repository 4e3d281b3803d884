"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import Anonymisation, Consent, PersonFile

PORTABLE = Portable(
    whole=(Anonymisation, Consent),
    left_out={PersonFile: "a file about a person is kept for days and only where it was asked for"},
    objects={PersonFile: ("storage_key",)},
)
