"""What of its tables leaves in an archive of a company."""

from core.portable import Portable

from .models import Attachment, Leftover

PORTABLE = Portable(
    whole=(Attachment,),
    left_out={Leftover: "objects that nothing refers to stay where they are"},
    objects={Attachment: ("storage_key", "shared_key"), Leftover: ("storage_key",)},
    carried={
        Attachment: "CASE WHEN state <> 'ready' THEN '' WHEN shared_key = '' THEN storage_key ELSE shared_key END"
    },
)
