"""What of the company as a whole is written into the log of reads."""

from core.reads.kinds import ReadKind

COPY_TAKEN = ReadKind("tenants.copy", "скачал(а) ночную копию данных компании")
