"""What of its tables leaves in an archive of a company."""

from core.portable import Emptied, Portable

from .models import Delivery, Preference, PushSubscription

_ON_ITS_WAY = "whoever reads the archive does not send a second time what has gone out since"
_SECRET = "a letter with a link that opens a door"

PORTABLE = Portable(
    whole=(Delivery, Preference),
    left_out={PushSubscription: "a browser takes messages of the host that it was asked at"},
    emptied={
        Delivery: {
            "status": Emptied("CASE status WHEN 'waiting' THEN 'unknown' ELSE status END", _ON_ITS_WAY, always=True),
            "claimed_until": Emptied("NULL::timestamptz", _ON_ITS_WAY, always=True),
            "paragraphs": Emptied("CASE WHEN is_secret THEN '[]'::jsonb ELSE paragraphs END", _SECRET),
            "links": Emptied("CASE WHEN is_secret THEN '[]'::jsonb ELSE links END", _SECRET),
        }
    },
)
