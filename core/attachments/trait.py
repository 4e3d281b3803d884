"""What attachments give to a card: files with versions, their check, a figure in each row."""

from core.handover.registry import Stays
from core.jobs.registry import Job
from core.traits import Trait

from .actions import forget_files_of
from .collecting import COLLECT, collect_orphans
from .events import AttachmentReady, AttachmentRejected, AttachmentRemoved, OrphansCollected
from .jobs import check_upload, erase_leftover, sweep_unfinished
from .mixin import Attachable
from .models import Attachment
from .queries import files_tally, searched
from .rest.routes import routes
from .rest.views import CardAttachmentsView

trait = Trait(
    code="attachments",
    mixin=Attachable,
    card_views=(("attachments/", CardAttachmentsView),),
    routes=routes,
    facts=(AttachmentReady, AttachmentRejected, AttachmentRemoved, OrphansCollected),
    jobs=(
        Job("attachments.check", check_upload, time_limit=60),
        Job("attachments.erase", erase_leftover),
        Job("attachments.sweep", sweep_unfinished, time_limit=300, patient=True),
        Job(COLLECT, collect_orphans, time_limit=600, patient=True),
    ),
    tallies={"files_count": files_tally},
    searched=searched,
    search_place="file",
    forget=forget_files_of,
    stays=(Stays("history and authorship name whoever did it, for ever", ((Attachment, "author"),)),),
)
