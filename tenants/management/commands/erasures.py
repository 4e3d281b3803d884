"""`manage.py erasures`: what is waited for and what has been erased; `--certificate 7 file.pdf` gives the proof."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.context import control_scope
from tenants.erasing.letters import certificate_pdf
from tenants.models import Erasure


class Command(BaseCommand):
    help = "Lists erasures of companies, or writes the certificate of one."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--certificate", nargs=2, metavar=("NUMBER", "FILE"))

    def handle(self, *args, **options) -> None:
        if options["certificate"]:
            self._certificate(*options["certificate"])
            return
        with control_scope():
            rows = list(Erasure.objects.select_related("company").order_by("pk"))
        for row in rows:
            state = "отменено" if row.cancelled_at else "удалена" if row.done_at else row.step or "ждёт дня"
            self.stdout.write(f"У-{row.pk}  {row.due_at:%d.%m.%Y}  {state}  {row.company.slug}")

    def _certificate(self, number: str, path: str) -> None:
        with control_scope():
            row = Erasure.objects.filter(pk=int(number), done_at__isnull=False).first()
        if row is None:
            raise CommandError(f"Акта У-{number} нет: компания ещё не удалена.")
        Path(path).write_bytes(certificate_pdf(row.told, made_at=row.asked_at))
        self.stdout.write(f"{path}: {row.told['title']}")
