"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import MeterEvent, MeterMonth

PORTABLE = Portable(
    left_out={
        MeterEvent: "what was used is paid for where it was used: its days stand in the registry",
        MeterMonth: "a ceiling is a month's, of the installation that sells",
    },
    # A key names a row of the company, and its number is another row's after a return.
    standing={MeterEvent: {"key": "'gone:' || id"}, MeterMonth: {}},
)
