"""What of its tables leaves in an archive of a company."""

from core.portable import Emptied, Portable

from .models import Gateway

PORTABLE = Portable(
    whole=(Gateway,),
    emptied={
        Gateway: {"secret": Emptied("NULL::bytea", "passwords of services are typed anew where they are to work")}
    },
)
