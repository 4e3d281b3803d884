"""What of rights is written into the log of reads: who sees what tells where to look for a way in."""

from core.reads.kinds import ReadKind

SEERS_SHOWN = ReadKind("access.seers", "посмотрел(а), кто видит карточку и почему")
RIGHTS_SHOWN = ReadKind("access.rights", "посмотрел(а) права человека")
