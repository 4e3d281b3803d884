"""`manage.py licence`: what the licence of this installation says, and whether it holds."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.context import control_scope
from tenants.licensing.rules import LicenceWrong
from tenants.licensing.source import allowance_now, licence_now
from tenants.models import Company


class Command(BaseCommand):
    help = "Tells what the licence of this own server says."

    def handle(self, *args, **options) -> None:
        with control_scope():
            found = Company.objects.filter(slug=settings.ONE_COMPANY).values_list("licence", flat=True).first()
        put = found or ""
        try:
            licence = licence_now(put)
        except LicenceWrong as wrong:
            raise CommandError(str(wrong)) from wrong
        if licence is None:
            raise CommandError(
                "Лицензии нет: загрузите её в «Настройки → Лицензия» или укажите файл в LICENCE_FILE."
                " Пока всё можно только читать."
            )
        allowed = allowance_now(put)
        seats = "без предела" if licence.seats is None else str(licence.seats)
        modules = "все" if licence.modules is None else ", ".join(licence.modules)
        self.stdout.write(
            f"Лицензия {licence.number}, {licence.holder}: до {licence.until:%d.%m.%Y}, мест {seats}, модули {modules}."
        )
        self.stdout.write("Работает всё." if allowed.mode == "full" else "Срок вышел: можно только читать.")
