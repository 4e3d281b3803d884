"""What of archives of the company is written into the log of reads."""

from core.reads.kinds import ReadKind

TAKEOUT_TAKEN = ReadKind("takeout.taken", "скачал(а) выгрузку всех данных компании")
