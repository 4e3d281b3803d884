"""What of its tables leaves in an archive of a company."""

from core.portable import Emptied, Portable

from .models import Facsimile, MorpherAccount, PrintTemplate, Wording

PORTABLE = Portable(
    whole=(Facsimile, MorpherAccount, PrintTemplate, Wording),
    emptied={MorpherAccount: {"secret": Emptied("NULL::bytea", "keys of services are typed anew")}},
)
