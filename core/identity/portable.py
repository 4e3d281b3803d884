"""What of its tables leaves in an archive of a company."""

from core.portable import Emptied, Portable

from .models import Invitation, Principal, Session, User

_DOOR = "what opens somebody's door leaves no installation: people set a new one by letter"

PORTABLE = Portable(
    whole=(Principal, User),
    left_out={
        Session: "a session is of the browser and the host that it was opened at",
        Invitation: "the link of an invitation is made by a key of this installation",
    },
    emptied={
        Principal: {"access_epoch": Emptied("1", "it is compared with what this installation remembers")},
        User: {
            "password": Emptied("''", _DOOR),
            "wanted_email": Emptied("''", _DOOR),
            "wanted_at": Emptied("NULL::timestamptz", _DOOR),
            "totp_secret": Emptied("NULL::bytea", _DOOR),
            "totp_confirmed_at": Emptied("NULL::timestamptz", _DOOR),
            "totp_last_step": Emptied("0", _DOOR),
            "recovery_hashes": Emptied("'[]'::jsonb", _DOOR),
        },
    },
)
