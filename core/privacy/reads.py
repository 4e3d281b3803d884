"""What of personal data is written into the log of reads."""

from core.reads.kinds import ReadKind

PERSON_TAKEN = ReadKind("privacy.person", "скачал(а) файл с персональными данными")
CONSENTS_SHOWN = ReadKind("privacy.consents", "посмотрел(а) журнал согласий")
