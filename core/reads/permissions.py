"""Who reads the log of reads."""

from core.access.permissions import company_wide

SEE_READS = company_wide("reads.see", "Видеть журнал чтений: кто смотрел и выгружал личные данные")
